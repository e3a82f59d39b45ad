// Loaded before every unit test: what browsers have and Node 18 (Debian 12) keeps behind an import.
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
