"""One bundle of the scenario for all tests of this folder: building it takes seconds."""

from __future__ import annotations

import pytest

from server.archive import bundle
from tests.server.archive.rich import enriched
from tests.server.archive.scene import Story, accueil

LAB = bundle.Lab(name="La Coopérative", address="Région académique Occitanie", method='schema = "methode/1"\n')


def built_from(story: Story, lab: bundle.Lab = LAB) -> bundle.Bundle:
    return bundle.build(story.state, [(commit.at, commit.changes) for commit in story.commits], lab)


@pytest.fixture(scope="session")
def story() -> Story:
    return accueil()


@pytest.fixture(scope="session")
def built(story: Story) -> bundle.Bundle:
    return built_from(story)


@pytest.fixture(scope="session")
def rich() -> Story:
    return enriched()


@pytest.fixture(scope="session")
def rich_built(rich: Story) -> bundle.Bundle:
    return built_from(rich)
