"""What holds on every answer: headers, origin of forms, hosts, bounds; and nothing that people write becomes markup."""

from typing import Any

import pytest
from starlette.routing import Route

from facilitation.commands import DescribeSession, OpenSession, PutSite
from server.web import security
from server.web.pages import Web
from server.web.routes import build_routes

ORIGIN = "http://127.0.0.1:8000"
PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' autofocus onfocus=alert(1) x='", "{{ 7*7 }}",
    "</title><svg onload=alert(1)>", "javascript:alert(1)", "&lt;b&gt;", "<b>gras</b>",
)  # fmt: skip


def paths(web: Web, sid: str) -> list[tuple[str, str]]:
    """Every route of the site, with places filled in, by method."""
    found = []
    values = {"sid": sid, "token": "pxxxx", "role": "participant", "part": "diffusion", "tree": "0", "path": "css/base.css"}
    for route in build_routes(web):
        assert isinstance(route, Route)
        path = route.path.replace(":path", "")
        for name, value in values.items():
            path = path.replace("{" + name + "}", value)
        found += [(method, path) for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


def check_headers(answer: Any) -> None:
    for name, value in security.HEADERS.items():
        assert answer.headers[name] == value, (answer.url, name)
    assert answer.headers["cache-control"]
    assert "server" not in answer.headers
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert answer.headers["cache-control"] == "no-store"


def test_every_route_and_status_carries_every_header(site: Any) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser)
    statuses = set()
    for someone in (browser, site.browser()):
        for method, path in paths(site.app.web, sid):
            for answer in (
                someone.client.request(method, path, headers={"origin": ORIGIN}),
                someone.client.request(method, path),
                someone.client.request("PUT", path, headers={"origin": ORIGIN}),
                someone.client.request(method, path + "/rien", headers={"origin": ORIGIN}),
            ):
                check_headers(answer)
                statuses.add(answer.status_code)
                assert "Traceback" not in answer.text
    assert {200, 303, 403, 404, 405, 422} <= statuses
    assert 500 not in statuses


def test_the_policy_allows_nothing_unsafe() -> None:
    assert "unsafe" not in security.CSP
    assert "require-trusted-types-for 'script'" in security.CSP
    assert "frame-ancestors 'none'" in security.CSP


def test_forms_keep_their_origin_where_fetch_metadata_is_missing() -> None:
    """Safari before 16.4, and any browser over plain http: with no-referrer their forms would come with Origin: null."""
    assert security.HEADERS["Referrer-Policy"] == "same-origin"


def test_an_error_nobody_expected_is_a_kind_page_with_every_header(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any) -> Any:
        raise ZeroDivisionError("a participant's secret words")

    monkeypatch.setattr(type(site.app.lab), "with_code", broken)
    answer = site.browser().post("/rejoindre", {"code": "AAAAAAAA"})
    assert answer.status_code == 500
    check_headers(answer)
    assert "Ce qui était enregistré est intact" in answer.text
    assert "secret words" not in answer.text
    assert "ZeroDivision" not in answer.text


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site", "origin": ORIGIN}, False),
        ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, False),
        ({"origin": ORIGIN}, True),
        ({"origin": "https://ailleurs.example"}, False),
        ({"origin": "http://127.0.0.1:8001"}, False),
        ({"origin": "https://127.0.0.1:8000"}, False),
        ({"origin": "null"}, False),
        ({"referer": ORIGIN + "/"}, False),
        ({}, False),
    ],
)
def test_a_form_from_elsewhere_changes_nothing(site: Any, headers: dict[str, str], passes: bool) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser)
    before = site.state(sid)
    for method, path in paths(site.app.web, sid):
        if method == "POST":
            answer = browser.client.post(path, data={"cle": "x"}, headers=headers)
            assert (answer.status_code != 403) == passes, path
    assert site.state(sid) == before


@pytest.mark.parametrize("host", ["ailleurs.example", "127.0.0.1", "127.0.0.1:8001", ""])
def test_another_host_name_is_refused(site: Any, host: str) -> None:
    answer = site.browser().get("/", headers={"host": host})
    assert answer.status_code == 400
    check_headers(answer)


def test_a_body_too_large_is_refused_declared_or_not(site: Any) -> None:
    browser = site.browser()
    assert browser.post("/rejoindre", {"code": "x" * security.FORM_MAX}).status_code == 413

    def drip() -> Any:
        for _ in range(80):
            yield b"x" * 1024

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = browser.post("/rejoindre", content=drip(), headers=headers)
    assert answer.status_code == 413
    assert "trop lourd" in answer.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_is_never_markup(site: Any, payload: str) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser, f"Titre {payload}")
    site.ask(sid, DescribeSession(purpose=f"Objet {payload}"))
    site.ask(sid, PutSite(name=f"Site {payload}", room=True, heads=2))
    link = site.link(sid, "participant")
    for answer in (
        browser.get("/"),
        browser.get(f"/s/{sid}/preparer"),
        browser.get(f"/s/{sid}/archive"),
        browser.get(f"/s/{sid}/donnees"),
        site.browser().get(link),
        site.browser().post(link, {"nom": "", "service": payload, "departement": payload, "tetes": payload, "jeton": payload}),
        site.browser().post("/rejoindre", {"code": payload}),
        browser.post("/seances", {"titre": "", "nom": payload, "methode": payload}),
        browser.get(link + f"?site={payload}"),
        browser.get(f"/{payload}"),
    ):
        for markup in ("<script>alert", "<img src=x", "<svg onload", "' autofocus", "<b>", "Titre 49"):
            assert markup not in answer.text, markup


def test_pages_hold_no_inline_script_or_style(site: Any) -> None:
    browser = site.facilitator()
    sid = site.workshop(browser)
    site.ask(sid, OpenSession())
    for path in ("/", "/donnees", "/accessibilite", "/verifier", "/seances/nouvelle", f"/s/{sid}/animer", f"/s/{sid}/preparer"):
        text = browser.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text
        assert "<script>" not in text


def test_https_brings_host_cookies_and_strict_transport(tmp_path: Any) -> None:
    from starlette.testclient import TestClient

    from server.app import create_app
    from server.config import load

    address = "https://atelier.exemple.fr"
    settings = load({"DATA_DIR": str(tmp_path), "SECRET_KEY": "s" * 40, "FACILITATION_KEY": "k" * 20, "BASE_URL": address})
    with TestClient(create_app(settings), base_url=address, follow_redirects=False) as client:
        answer = client.post("/cle", data={"cle": "k" * 20}, headers={"sec-fetch-site": "same-origin"})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-")
        for part in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"):
            assert part in cookie
        assert answer.headers["strict-transport-security"] == security.HSTS
