import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "../../static/core/clock.js";

/** A device whose clock is wrong by `skew`, over a network with the given delays out and back. */
function device(skew, delays) {
  let real = 10_000_000;
  const clock = createClock(() => real + skew);
  for (const [out, back] of delays) {
    const sent = clock.local();
    real += out;
    const server = real;
    real += back;
    clock.sample(sent, server, clock.local());
    real += 15_000;
  }
  return { error: clock.now() - real, bound: clock.error() };
}

test("a wrong device clock is corrected to half a round trip", () => {
  const { error, bound } = device(600_000, [[40, 40]]);
  assert.ok(Math.abs(error) <= bound + 1e-6);
  assert.ok(Math.abs(error) <= 40);
});

test("the sample with the shortest round trip is believed", () => {
  const { error } = device(-3_600_000, [[900, 100], [20, 22], [1500, 30]]);
  assert.ok(Math.abs(error) <= 11, `error ${error}`);
});

test("two devices on unlike networks differ by less than 250 ms", () => {
  const train = device(86_400_000, [[700, 150], [400, 90], [300, 100], [900, 400]]);
  const office = device(-12_345, [[5, 5], [8, 4]]);
  assert.ok(Math.abs(train.error - office.error) < 250, `${train.error} against ${office.error}`);
});

test("an impossible sample changes nothing", () => {
  const clock = createClock(() => 1000);
  clock.sample(2000, 500, 1000);
  assert.equal(clock.known(), false);
  assert.equal(clock.now(), 1000);
});

test("after a reset the next sample decides, however slow", () => {
  let local = 0;
  const clock = createClock(() => local);
  clock.sample(0, 1000, 10);
  clock.reset();
  local = 100;
  clock.sample(100, 5100, 300);
  local = 300;
  assert.equal(clock.now(), 300 + 4900);
});
