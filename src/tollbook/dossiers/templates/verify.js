'use strict';
// The checks of verify.py, in the same order and the same words, by the browser's own cryptography.
const FORMAT = 'tollbook-bundle/1', EVENT_FORMAT = 'tollbook-event/1';
const SUMS = 'SHA256SUMS', CHECKPOINT = 'checkpoint', MANIFEST = 'bundle.json', LOG = 'log.jsonl';
const BY_SYSTEMS = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);
const MOST_FILES = 200000, MOST_BYTES = 2 ** 33, MOST_TIMES = 200, SHOWN = 20;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/, HASH = /^[0-9a-f]{64}$/;

class Refused extends Error {}

// ---- bytes and text ----

const utf8 = (text) => new TextEncoder().encode(text);
const lenient = (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('');
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const ordered = (names) => [...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

function fromBase64(text) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  try {
    const found = atob(text);
    return btoa(found) === text ? Uint8Array.from(found, (one) => one.charCodeAt(0)) : null;
  } catch { return null; }
}

// What Python's ascii() makes of a value, so that both checks say the same.
function repr(value) {
  if (value === null || value === undefined) return 'None';
  if (value === true || value === false) return value ? 'True' : 'False';
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : JSON.stringify(value);
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\', [quote]: `\\${quote}` };
  const code = (sign) => {
    const point = sign.codePointAt(0);
    if (point < 256) return `\\x${point.toString(16).padStart(2, '0')}`;
    return point < 65536 ? `\\u${point.toString(16).padStart(4, '0')}` : `\\U${point.toString(16).padStart(8, '0')}`;
  };
  return quote + Array.from(value, (sign) => named[sign] ?? (sign < ' ' || sign > '~' ? code(sign) : sign)).join('') + quote;
}

// JSON as the log has it: ASCII alone.
const asciiJson = (value) =>
  JSON.stringify(value).replace(/[\x7f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

function parsed(bytes) {
  try {
    const found = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return found !== null && typeof found === 'object' && !Array.isArray(found) ? found : null;
  } catch { return null; }
}

// ---- a folder or a zip, as if somebody wished us harm ----

class Bundle {
  constructor(name, files, odd) { Object.assign(this, { name, files, odd, digests: new Map() }); }

  has(name) { return this.files.has(name); }

  async bytes(name) { return this.has(name) ? new Uint8Array(await this.files.get(name)()) : new Uint8Array(); }

  async digest(name) {
    if (!this.digests.has(name)) this.digests.set(name, hex(await sha256(await this.bytes(name))));
    return this.digests.get(name);
  }

  async lines(name, wrong) {
    const bytes = await this.bytes(name), found = [];
    for (let start = 0, number = 1; start < bytes.length; number += 1) {
      const end = bytes.indexOf(10, start), stop = end < 0 ? bytes.length : end + 1;
      found.push([`${name}, line ${number}`, parsed(bytes.subarray(start, stop))]);
      start = stop;
    }
    return objects(found, wrong);
  }
}

function* objects(lines, wrong) {
  for (const [where, line] of lines) {
    if (line === null) wrong.push(`${where}: is no JSON object`);
    else yield [where, line];
  }
}

function known(bundle) {
  if (bundle.has('tollbook.sqlite') || bundle.has('store.toml')) throw new Refused(`${bundle.name}: is a project, no bundle`);
  if (!bundle.has(SUMS)) throw new Refused(`${bundle.name}: is no bundle: it has no ${SUMS}`);
  if (![MANIFEST, CHECKPOINT, LOG].some((name) => bundle.has(name))) throw new Refused(`${bundle.name}: is no bundle: it has no log`);
  return bundle;
}

function openFolder(list) {
  const files = new Map(), odd = [];
  const path = list[0].webkitRelativePath.split('/')[0];
  if (list.length > MOST_FILES) throw new Refused(`${path}: holds more than ${MOST_FILES} files`);
  for (const file of list) {
    const name = file.webkitRelativePath.split('/').slice(1).join('/');
    if (NAME.test(name)) files.set(name, () => file.arrayBuffer());
    else if (!BY_SYSTEMS.has(name)) odd.push(name.split('/')[0]);
  }
  return known(new Bundle(path, files, ordered(new Set(odd))));
}

async function openZip(file) {
  const cut = () => new Refused(`${file.name}: is no whole zip; get it again`);
  const tailAt = Math.max(0, file.size - 65557);
  const tail = new DataView(await file.slice(tailAt).arrayBuffer());
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at -= 1;
  if (at < 0) throw cut();
  const size = tail.getUint32(at + 12, true), start = tail.getUint32(at + 16, true), count = tail.getUint16(at + 10, true);
  if (size === 0xffffffff || count === 0xffff) throw new Refused(`${file.name}: is too large a zip for a browser; unpack it and choose the folder`);
  if (start + size > tailAt + at) throw cut();
  const members = listed(new DataView(await file.slice(start, start + size).arrayBuffer()), count, cut);
  const tops = new Set(members.map((one) => one.name.slice(0, one.name.lastIndexOf('/') + 1)));
  const top = tops.size === 1 ? [...tops][0] : '';
  const inside = NAME.test(top.slice(0, -1)) ? top.length : 0;
  const total = members.reduce((sum, one) => sum + one.size, 0);
  if (members.length > MOST_FILES || total > MOST_BYTES || isBomb(total, file.size)) throw new Refused(`${file.name}: holds too much for its size; don't unpack it`);
  const files = new Map();
  for (const one of members) {
    const name = one.name.slice(inside);
    const why = files.has(name) ? 'comes twice' : harm(one, name);
    if (why) throw new Refused(`${file.name}: ${repr(one.name.slice(0, 100))} ${why}; don't unpack it`);
    if (!BY_SYSTEMS.has(name)) files.set(name, () => unpacked(file, one, name));
  }
  return known(new Bundle(file.name, files, []));
}

function listed(view, count, cut) {
  const members = [];
  for (let at = 0; members.length < count || at < view.byteLength;) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw cut();
    const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    if (at + 46 + lengths[0] > view.byteLength) throw cut();
    members.push({
      flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true), packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true), mode: view.getUint32(at + 38, true) >>> 16, offset: view.getUint32(at + 42, true),
      name: lenient(new Uint8Array(view.buffer, at + 46, lengths[0])),
    });
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return members.filter((one) => !one.name.endsWith('/'));
}

function harm(member, name) {
  if (!BY_SYSTEMS.has(name) && !NAME.test(name)) return 'is no plain name of a file';
  if (![0, 0x8000].includes(member.mode & 0xf000)) return 'is a link or another thing that is no file';
  if (member.flags & 0x2041) return 'is locked with a password';
  if (![0, 8].includes(member.method)) return 'is packed in an unknown way';
  return isBomb(member.size, member.packed) ? `unpacks to more than ${MOST_TIMES} times its size` : '';
}

const isBomb = (unpacked, packed) => unpacked > 10000000 && unpacked > MOST_TIMES * packed;

async function unpacked(file, member, name) {
  const damaged = () => new Refused(`${file.name}: ${name} can't be read; get it again`);
  const head = new DataView(await file.slice(member.offset, member.offset + 30).arrayBuffer());
  if (head.byteLength < 30 || head.getUint32(0, true) !== 0x04034b50) throw damaged();
  const start = member.offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = file.slice(start, start + member.packed);
  const found = new Uint8Array(member.size);
  let at = 0;
  try {
    const stream = packed.stream();
    const reader = (member.method === 8 ? stream.pipeThrough(new DecompressionStream('deflate-raw')) : stream).getReader();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      if (at + value.length > member.size) { reader.cancel().catch(() => {}); throw damaged(); }
      found.set(value, at);
      at += value.length;
    }
  } catch { throw damaged(); }
  if (at !== member.size) throw damaged();
  return found.buffer;
}

// ---- files ----

async function checkFiles(bundle, told) {
  const wrong = bundle.odd.map((name) => `${repr(name)}: is no file of a bundle`), sums = new Map();
  lenient(await bundle.bytes(SUMS)).split('\n').slice(0, -1).forEach((line, at) => {
    const cut = line.indexOf('  '), digest = line.slice(0, cut), name = line.slice(cut + 2);
    if (cut < 0 || !HASH.test(digest) || !NAME.test(name) || sums.has(name)) wrong.push(`${SUMS}, line ${at + 1}: is no hash, two spaces and a name that comes once`);
    else sums.set(name, digest);
  });
  for (const name of ordered(new Set([...sums.keys(), ...bundle.files.keys(), CHECKPOINT]))) {
    if (name === SUMS) continue;
    told(`reading ${name}`);
    if (!bundle.has(name)) wrong.push(`${name}: is missing`);
    else if (!sums.has(name)) { if (name !== CHECKPOINT) wrong.push(`${name}: is not listed in ${SUMS}`); }
    else if (sums.get(name) !== await bundle.digest(name)) wrong.push(`${name}: is altered, its SHA-256 is not the one in ${SUMS}`);
  }
  return ['files', `${sums.size} files, each with the SHA-256 that ${SUMS} gives`, wrong];
}

async function readManifest(bundle) {
  const told = parsed(await bundle.bytes(MANIFEST)) ?? {};
  const unaltered = Object.keys(told).length > 0 && lenient(await bundle.bytes(SUMS)).includes(`${await bundle.digest(MANIFEST)}  ${MANIFEST}\n`);
  if (unaltered && told.format !== FORMAT) throw new Refused(`${bundle.name}: was made by a later tollbook (its format is ${repr(told.format)}, not ${FORMAT}); use the page that is in it`);
  return told;
}

// ---- log ----

async function checkLog(bundle) {
  const wrong = [], events = [], leaves = [], missing = [];
  let before = '0'.repeat(64);
  for (const [where, told] of await bundle.lines(LOG, wrong)) {
    const event = ['seq', 'kind', 'when', 'promise', 'hash'].map((name) => told[name]);
    if (!Number.isInteger(event[0]) || !event.slice(1).every((text) => typeof text === 'string')) {
      wrong.push(`${where}: is no event`);
      continue;
    }
    const [seq, kind, when, promise, hash] = event;
    if (seq !== events.length + 1) wrong.push(`${where}: is event ${seq}, where event ${events.length + 1} should be`);
    const place = wrong.push(null) - 1, leaf = utf8(asciiJson([EVENT_FORMAT, seq, before, kind, when, promise]));
    missing.push(sha256(leaf).then((found) => {
      if (hex(found) !== hash) wrong[place] = `${where}: event ${seq} does not have the hash of what it holds and of the event before it`;
    }));
    events.push({ seq, kind, when, hash });
    leaves.push(sha256(joined(Uint8Array.of(0), leaf)));
    before = hash;
  }
  await Promise.all(missing);
  const found = `${events.length} events, each bound to the one before it`;
  return [['log', found, wrong.filter((line) => line !== null)], events, await Promise.all(leaves)];
}

async function merkleRoot(leaves) {
  let level = leaves;
  if (!level.length) return sha256(new Uint8Array());
  while (level.length > 1) {
    const pairs = [];
    for (let at = 0; at + 1 < level.length; at += 2) pairs.push(sha256(joined(Uint8Array.of(1), level[at], level[at + 1])));
    level = [...await Promise.all(pairs), ...level.slice(level.length & ~1)];
  }
  return level[0];
}

const originOf = (events) => `tollbook/${events.length ? events[0].hash.slice(0, 16) : ''}`;

// ---- checkpoint ----

function readCheckpoint(bytes) {
  let content;
  try { content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes); } catch { return null; }
  const blank = content.lastIndexOf('\n\n');
  if (blank < 0) return null;
  const text = content.slice(0, blank), lines = text.split('\n'), signed = content.slice(blank + 2).split('\n');
  const root = lines.length > 2 ? fromBase64(lines[2]) : null;
  if (signed.pop() !== '' || !root || root.length !== 32 || !/^[0-9]{1,18}$/.test(lines[1])) return null;
  const signatures = [];
  for (const line of signed) {
    const [dash, name, encoded, more] = line.split(' '), decoded = fromBase64(encoded ?? '');
    if (dash !== '\u2014' || !name || more !== undefined || !decoded || decoded.length < 5) return null;
    signatures.push({ name, id: hex(decoded.slice(0, 4)), signature: decoded.slice(4) });
  }
  return { origin: lines[0], size: Number(lines[1]), root: hex(root), more: lines.slice(3), text: `${text}\n`, signatures };
}

async function checkCheckpoint(bundle, noted, events, leaves) {
  if (!noted) return ['checkpoint', '', [`${CHECKPOINT}: is missing or no checkpoint`]];
  const wrong = [];
  if (noted.origin !== originOf(events)) wrong.push(`${CHECKPOINT}: is of the log ${repr(noted.origin.slice(0, 100))}, this one is ${repr(originOf(events))}`);
  if (noted.size !== events.length) wrong.push(`${CHECKPOINT}: is over ${noted.size} events, the log has ${events.length}`);
  if (noted.root !== hex(await merkleRoot(leaves))) wrong.push(`${CHECKPOINT}: its root is not that of the log`);
  if (noted.more.length !== 1 || noted.more[0] !== `bundle sha256:${await bundle.digest(SUMS)}`) wrong.push(`${CHECKPOINT}: it does not name this ${SUMS}`);
  return ['checkpoint', `names this log, its ${noted.size} events by their Merkle root, and ${SUMS}`, wrong];
}

async function checkEarlier(earlier, keys, events, leaves) {
  const wrong = (await unsigned(earlier, keys)).map((line) => `the earlier checkpoint: ${line}`);
  if (earlier.origin !== originOf(events)) wrong.push(`the earlier checkpoint is of another log: ${repr(earlier.origin.slice(0, 100))}`);
  else if (earlier.size > events.length) wrong.push(`the earlier checkpoint is over ${earlier.size} events, the log has ${events.length}`);
  else if (hex(await merkleRoot(leaves.slice(0, earlier.size))) !== earlier.root) wrong.push(`the log does not go on from the earlier checkpoint: its first ${earlier.size} events were others`);
  return ['earlier', `the log goes on from the earlier checkpoint over ${earlier.size} events`, wrong];
}

// ---- signatures ----

// Points of small order, without their sign: with such a key a signature would fit any text.
const SMALL = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000', '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);
let lacking = false;  // whether a signature could not be checked here
const isSmall = (point) => SMALL.has(hex([...point.slice(0, 31), point[31] & 0x7f]));

async function isSigned(key, signature, message) {
  if (key.length !== 32 || signature.length !== 64 || isSmall(key) || isSmall(signature.slice(0, 32))) return false;
  try {
    const made = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', made, signature, message);
  } catch (error) {
    lacking ||= error.name === 'NotSupportedError';
    return error.name === 'NotSupportedError';
  }
}

async function readKey(text) {
  const [name, told, ...rest] = text.trim().split('+'), found = fromBase64(rest.join('+')) ?? new Uint8Array();
  const id = hex((await sha256(joined(utf8(`${name}\n`), found))).slice(0, 4));
  if (!name || found.length !== 33 || found[0] !== 1 || told !== id) throw new Refused(`${repr(text.trim().slice(0, 100))}: is no public key, which reads name+id+base64; copy it whole`);
  return { name, id, key: found.slice(1) };
}

const shown = (key) => repr(`${key.name}+${key.id}`);

async function unsigned(noted, keys) {
  const wrong = [];
  for (const key of keys) {
    const own = noted.signatures.filter((one) => one.name === key.name && one.id === key.id);
    const fits = await Promise.all(own.map((one) => isSigned(key.key, one.signature, utf8(noted.text))));
    if (!own.length) wrong.push(`is not signed by ${shown(key)}`);
    else if (!fits.every(Boolean)) wrong.push(`its signature by ${shown(key)} does not fit`);
  }
  return wrong;
}

async function checkSignatures(noted, keys, told) {
  const wrong = [], own = [];
  if (told.signer !== null && told.signer !== undefined) {
    try { own.push(await readKey(String(told.signer))); } catch (error) { wrong.push(`${MANIFEST}: ${error.message}`); }
  }
  const others = own.filter((key) => !keys.some((one) => one.name === key.name && hex(one.key) === hex(key.key)));
  if (noted) wrong.push(...(await unsigned(noted, [...keys, ...others])).map((line) => `${CHECKPOINT}: ${line}`));
  if (lacking) return ['signatures', 'not checked: this browser knows no Ed25519; use verify.py', wrong];
  if (keys.length) return ['signatures', `signed by ${keys.map(shown).join(', ')}`, wrong];
  if (own.length) return ['signatures', `signed by ${shown(own[0])}, a key that came with the bundle: ask its owner if it is theirs`, wrong];
  return ['signatures', 'not signed: nobody vouches for it', wrong];
}

// ---- what the data files say of each other ----

const REFERENCES = {
  incidents: { reports: 'reports' },
  claims: { report: 'reports', copies: 'reports', incident: 'incidents' },
  figures: { incident: 'incidents', supports: 'claims', set_aside: 'claims' },
  rulings: { claim: 'claims', incident: 'incidents' },
};

async function checkData(bundle, events, told) {
  const wrong = [], names = { log: new Set(events.filter((one) => one.kind === 'ruling').map((one) => JSON.stringify([one.seq, one.when]))) };
  for (const [kind, file, field] of [['reports', 'evidence.jsonl', 'report'], ['incidents', 'incidents.jsonl', 'incident'], ['claims', 'claims.jsonl', 'claim']]) {
    names[kind] = new Set();
    for (const [where, line] of await bundle.lines(file, wrong)) {
      if (line[field] === null || line[field] === undefined || names[kind].has(String(line[field]))) wrong.push(`${where}: its ${field} is missing or comes twice`);
      names[kind].add(String(line[field]));
    }
  }
  const counts = { events: events.length, reports: names.reports.size };
  for (const [kind, fields] of Object.entries(REFERENCES)) {
    counts[kind] = 0;
    for (const [where, line] of await bundle.lines(`${kind}.jsonl`, ['figures', 'rulings'].includes(kind) ? wrong : [])) {
      counts[kind] += 1;
      const why = [...outOfOrder(line), ...Object.entries(fields).flatMap(([field, of]) => strange(line, field, names[of]))];
      if (kind === 'rulings' && !names.log.has(JSON.stringify([line.ruling, line.when]))) why.push('the log has no ruling of that number and time');
      wrong.push(...why.map((one) => `${where}: ${one}`));
    }
  }
  const wanted = told.counts ?? {};
  const same = Object.keys(wanted).length === Object.keys(counts).length && Object.keys(counts).every((name) => wanted[name] === counts[name]);
  if (!same) wrong.push(`${MANIFEST}: its counts are not those of the data files`);
  return ['data', `${counts.figures} figures, ${counts.claims} claims, ${counts.reports} reports fit together`, wrong];
}

function strange(line, field, names) {
  const value = line[field] || [];
  const all = typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : Array.isArray(value) ? value : [value];
  return all.map((one) => (one !== null && typeof one === 'object' && !Array.isArray(one) ? one.claim : one))
    .filter((name) => typeof name !== 'string' || !names.has(name)).map((name) => `its ${field} names ${repr(name)}, which is not there`);
}

function outOfOrder(line) {
  const numbers = ['low', 'best', 'high'].map((name) => line[name]).filter((one) => one !== null && one !== undefined);
  const fine = numbers.every((one) => typeof one === 'number') && numbers.every((one, at) => at === 0 || numbers[at - 1] <= one);
  return fine ? [] : ['low, best and high are no numbers in order'];
}

function csvRows(text) {
  const rows = [[]];
  let cell = '', quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') { rows.at(-1).push(cell); cell = ''; }
    else if (sign === '\n') { rows.at(-1).push(cell.replace(/\r$/, '')); cell = ''; rows.push([]); }
    else cell += sign;
  }
  if (cell || rows.at(-1).length) rows.at(-1).push(cell); else rows.pop();
  return rows;
}

async function checkEvidence(bundle) {
  const wrong = [], fields = ['hash_kind', 'sha256', 'text_sha256'], evidence = new Map(), inTable = new Map();
  for (const [, line] of await bundle.lines('evidence.jsonl', [])) evidence.set(String(line.report), JSON.stringify(fields.map((field) => line[field] || '')));
  const [head = [], ...rows] = csvRows(lenient(await bundle.bytes('reports.csv')));
  for (const row of rows) inTable.set(row[head.indexOf('report')] ?? '', JSON.stringify(fields.map((field) => row[head.indexOf(field)] ?? '')));
  for (const name of ordered(new Set([...inTable.keys(), ...evidence.keys()]))) {
    if (inTable.get(name) !== evidence.get(name)) wrong.push(`report ${repr(name)}: evidence.jsonl and reports.csv differ`);
  }
  return ['evidence', `${evidence.size} reports, each with the hashes of its evidence`, wrong];
}

async function checkRedactions(bundle, events) {
  const wrong = [], rulings = new Set(events.filter((one) => one.kind === 'ruling').map((one) => one.seq));
  let count = 0;
  for (const [where, line] of await bundle.lines('redactions.jsonl', wrong)) {
    count += 1;
    if (!rulings.has(line.withheld)) wrong.push(`${where}: the log has no ruling of that number`);
    if (!['kind', 'reason'].every((name) => typeof line[name] === 'string' && line[name].trim())) wrong.push(`${where}: says no kind or no reason`);
    if (!HASH.test(String(line.commitment))) wrong.push(`${where}: its commitment is no SHA-256`);
  }
  return ['redactions', count ? `${count} withheld, each with its reason and a commitment` : 'nothing is withheld', wrong];
}

// ---- all of it ----

async function verify(bundle, keys, earlier, told) {
  const files = await checkFiles(bundle, told), manifest = await readManifest(bundle);
  told('checking the log');
  const [log, events, leaves] = await checkLog(bundle);
  const noted = readCheckpoint(await bundle.bytes(CHECKPOINT));
  const checks = [files, log, await checkCheckpoint(bundle, noted, events, leaves), await checkSignatures(noted, keys, manifest)];
  if (earlier) checks.push(await checkEarlier(earlier, keys, events, leaves));
  told('checking the data');
  return [...checks, await checkData(bundle, events, manifest), await checkEvidence(bundle), await checkRedactions(bundle, events)];
}

function* toldLines(checks) {
  for (const [name, found, wrong] of checks) {
    if (!wrong.length) yield [found.startsWith('not checked') ? 'note' : 'ok', name, found];
    for (const line of wrong.slice(0, SHOWN)) yield ['WRONG', name, line];
    if (wrong.length > SHOWN) yield ['WRONG', name, `and ${wrong.length - SHOWN} more`];
  }
}

const by = (id) => document.getElementById(id);

function show(verdict, bad, lines) {
  by('verdict').textContent = verdict;
  by('verdict').classList.toggle('bad', bad);
  by('lines').replaceChildren(...lines.map(([state, name, text]) => {
    const item = document.createElement('li');
    item.className = state === 'WRONG' ? 'wrong' : '';
    ['b', 'i', 'span'].forEach((tag, at) => { item.append(document.createElement(tag), ' '); item.children[at].textContent = [state, name, text][at]; });
    return item;
  }));
}

let last = null, turn = 0;

async function check() {
  if (!last) return;
  const mine = turn += 1;
  by('result').hidden = false;
  by('result').dataset.state = 'busy';
  const tell = (text) => { if (mine === turn) show(`${text} …`, false, []); };
  tell('opening');
  let told;
  try {
    const key = by('key').value.trim(), file = by('earlier').files[0];
    const keys = key ? [await readKey(key)] : [];
    const earlier = file ? readCheckpoint(new Uint8Array(await file.arrayBuffer())) : null;
    if (file && !earlier) throw new Refused(`${file.name}: is no checkpoint`);
    const checks = await verify(await last(), keys, earlier, tell);
    const wrong = checks.reduce((sum, [, , lines]) => sum + lines.length, 0);
    const verdict = wrong ? `${wrong} ${wrong > 1 ? 'things do' : 'thing does'} not match` : 'all that was checked matches';
    told = [verdict, wrong > 0, [...toldLines(checks)]];
  } catch (error) {
    told = [error instanceof Refused ? error.message : `it could not be checked (${error.message})`, true, []];
  }
  if (mine !== turn) return;
  show(...told);
  by('result').dataset.state = 'done';
}

by('folder').addEventListener('change', (event) => { const list = [...event.target.files]; if (list.length) { last = async () => openFolder(list); check(); } });
by('zip').addEventListener('change', (event) => { const [file] = event.target.files; if (file) { last = () => openZip(file); check(); } });
by('key').addEventListener('change', check);
by('earlier').addEventListener('change', check);
by('form').addEventListener('submit', (event) => { event.preventDefault(); check(); });
by('form').hidden = false;
by('none').hidden = true;
