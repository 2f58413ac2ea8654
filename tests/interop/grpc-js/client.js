'use strict';

// Runs the interoperability tests against the server on a port of this machine: node client.js PORT [CASE,...].
// A line for each case; exit 0 says that all passed.
const assert = require('node:assert/strict');
const { once } = require('node:events');
const { isDeepStrictEqual } = require('node:util');
const service = require('./service');
const { grpc, TestService, UnimplementedService, OpenRcaService, OrcaLoadReport } = service;
const { payload, INITIAL, TRAILING } = service;

const REQUEST_SIZES = [27182, 8, 1828, 45904];
const RESPONSE_SIZES = [31415, 9, 2653, 58979];
const SPECIAL = '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n';
const INITIAL_VALUE = 'test_initial_metadata_value';
const TRAILING_VALUE = Buffer.from([0xab, 0xab, 0xab]);
const LOADS = [
  { cpuUtilization: 0.821, memoryUtilization: 0.5847, utilization: { util: 0.30499 } },
  { cpuUtilization: 0.29309, memoryUtilization: 0.2, utilization: { util: 0.2039 } },
];
const PATIENCE_MILLIS = 60_000;
const GZIP = 2; // grpc-js has no name for it

const [port, only] = process.argv.slice(2);
const open = (Service, options) =>
  new Service(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
const plain = open(TestService);
const gzip = open(TestService, { 'grpc.default_compression_algorithm': GZIP });
const unknown = open(UnimplementedService);
const loads = open(OpenRcaService);

/** A deadline that ends a case which hangs. */
const patient = () => ({ deadline: Date.now() + PATIENCE_MILLIS });

/** What a unary call brought: response or error, headers, status. */
function unary(client, method, request, metadata = new grpc.Metadata()) {
  return new Promise((resolve) => {
    const result = {};
    const settle = () => {
      if (result.status && (result.error || result.response)) {
        resolve(result);
      }
    };
    client[method](request, metadata, patient(), (error, response) => {
      Object.assign(result, error ? { error } : { response });
      settle();
    })
      .on('metadata', (headers) => (result.headers = headers))
      .on('status', (status) => {
        result.status = status;
        settle();
      });
  });
}

/** A client-streaming call; outcome is its response or error. */
function collecting(client) {
  let stream;
  const outcome = new Promise((resolve) => {
    stream = client.streamingInputCall(new grpc.Metadata(), patient(), (error, response) =>
      resolve(error ? { error } : { response }),
    );
  });
  return { stream, outcome };
}

/** Reads a stream to its end: sizes of its responses, headers, status. */
async function drain(stream, onResponse = () => {}) {
  const result = { sizes: [] };
  stream.on('error', () => {}); // the status says it
  stream.on('metadata', (headers) => (result.headers = headers));
  stream.on('data', (response) => {
    result.sizes.push(response.payload.body.length);
    onResponse(response, result.sizes.length);
  });
  result.status = await new Promise((resolve) => stream.on('status', resolve));
  return result;
}

const output = (requestSize, responseSize) => ({
  payload: payload(requestSize),
  responseParameters: [{ size: responseSize }],
});

function expectStatus(status, code, details) {
  assert.equal(grpc.status[status.code], grpc.status[code], `code (${status.details})`);
  if (details !== undefined) {
    assert.equal(status.details, details);
  }
}

function expectOk({ error }) {
  assert.equal(error, undefined);
}

const LARGE = { responseSize: 314159, payload: payload(271828) };

async function callLarge(client, request) {
  const { error, response } = await unary(client, 'unaryCall', request);
  expectOk({ error });
  assert.equal(response.payload.body.length, 314159);
}

async function expectEchoed(message) {
  const responseStatus = { code: grpc.status.UNKNOWN, message };
  const { status } = await unary(plain, 'unaryCall', { responseStatus });
  expectStatus(status, grpc.status.UNKNOWN, message);
  const call = plain.fullDuplexCall(new grpc.Metadata(), patient());
  call.end({ responseStatus });
  expectStatus((await drain(call)).status, grpc.status.UNKNOWN, message);
}

function expectEchoedMetadata({ headers, status }) {
  assert.deepEqual(headers.get(INITIAL), [INITIAL_VALUE]);
  assert.deepEqual(status.metadata.get(TRAILING), [TRAILING_VALUE]);
}

/** The report that tells this load. */
const reportOf = ({ cpuUtilization, memoryUtilization, requestCost = {}, utilization }) => ({
  cpuUtilization,
  memUtilization: memoryUtilization,
  requestCost,
  utilization,
});

/** Waits until a stream of reports tells this load. */
function told(reports, load) {
  return new Promise((resolve, reject) => {
    reports.on('data', (report) => isDeepStrictEqual(report, reportOf(load)) && resolve());
    reports.on('status', ({ details }) => reject(new Error(`no report of the load: ${details}`)));
  });
}

const CASES = {
  async empty_unary() {
    expectOk(await unary(plain, 'emptyCall', {}));
  },
  async large_unary() {
    await callLarge(plain, LARGE);
  },
  async very_large_request() {
    const result = await unary(plain, 'unaryCall', { responseSize: 10, payload: payload(10 << 20) });
    expectOk(result);
    assert.equal(result.response.payload.body.length, 10);
  },
  async client_compressed_unary() {
    const compressed = { ...LARGE, expectCompressed: { value: true } };
    const { status } = await unary(plain, 'unaryCall', compressed);
    expectStatus(status, grpc.status.INVALID_ARGUMENT);
    await callLarge(gzip, compressed);
    await callLarge(plain, { ...LARGE, expectCompressed: { value: false } });
  },
  async server_compressed_unary() {
    await callLarge(plain, { ...LARGE, responseCompressed: { value: true } });
    await callLarge(plain, { ...LARGE, responseCompressed: { value: false } });
  },
  async client_streaming() {
    const { stream, outcome } = collecting(plain);
    REQUEST_SIZES.forEach((size) => stream.write({ payload: payload(size) }));
    stream.end();
    const { error, response } = await outcome;
    expectOk({ error });
    assert.equal(response.aggregatedPayloadSize, 74922);
  },
  // grpc-js compresses all messages of a channel or none
  async client_compressed_streaming() {
    const request = (size) => ({ payload: payload(size), expectCompressed: { value: true } });
    const probe = collecting(plain);
    probe.stream.end(request(REQUEST_SIZES[0]));
    expectStatus((await probe.outcome).error, grpc.status.INVALID_ARGUMENT);
    const { stream, outcome } = collecting(gzip);
    stream.write(request(REQUEST_SIZES[0]));
    stream.end(request(REQUEST_SIZES[3]));
    const { error, response } = await outcome;
    expectOk({ error });
    assert.equal(response.aggregatedPayloadSize, REQUEST_SIZES[0] + REQUEST_SIZES[3]);
  },
  async server_streaming() {
    const responseParameters = RESPONSE_SIZES.map((size) => ({ size }));
    const call = plain.streamingOutputCall({ responseParameters }, new grpc.Metadata(), patient());
    const { sizes, status } = await drain(call);
    expectStatus(status, grpc.status.OK);
    assert.deepEqual(sizes, RESPONSE_SIZES);
  },
  async server_compressed_streaming() {
    const responseParameters = [
      { compressed: { value: true }, size: RESPONSE_SIZES[0] },
      { compressed: { value: false }, size: RESPONSE_SIZES[3] },
    ];
    const call = plain.streamingOutputCall({ responseParameters }, new grpc.Metadata(), patient());
    const { sizes, status } = await drain(call);
    expectStatus(status, grpc.status.OK);
    assert.deepEqual(sizes, [RESPONSE_SIZES[0], RESPONSE_SIZES[3]]);
  },
  async ping_pong() {
    const call = plain.fullDuplexCall(new grpc.Metadata(), patient());
    const ping = (i) => call.write(output(REQUEST_SIZES[i], RESPONSE_SIZES[i]));
    ping(0);
    const { sizes, status } = await drain(call, (response, count) =>
      count < REQUEST_SIZES.length ? ping(count) : call.end(),
    );
    expectStatus(status, grpc.status.OK);
    assert.deepEqual(sizes, RESPONSE_SIZES);
  },
  async empty_stream() {
    const call = plain.fullDuplexCall(new grpc.Metadata(), patient());
    call.end();
    const { sizes, status } = await drain(call);
    expectStatus(status, grpc.status.OK);
    assert.deepEqual(sizes, []);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    metadata.set(INITIAL, INITIAL_VALUE);
    metadata.set(TRAILING, TRAILING_VALUE);
    expectEchoedMetadata(await unary(plain, 'unaryCall', {}, metadata));
    const call = plain.fullDuplexCall(metadata, patient());
    call.end(output(1, 1));
    expectEchoedMetadata(await drain(call));
  },
  status_code_and_message: () => expectEchoed('test status message'),
  special_status_message: () => expectEchoed(SPECIAL),
  async unimplemented_method() {
    const { status } = await unary(plain, 'unimplementedCall', {});
    expectStatus(status, grpc.status.UNIMPLEMENTED);
  },
  async unimplemented_service() {
    const { status } = await unary(unknown, 'unimplementedCall', {});
    expectStatus(status, grpc.status.UNIMPLEMENTED);
  },
  async cancel_after_begin() {
    const { stream, outcome } = collecting(plain);
    stream.cancel();
    expectStatus((await outcome).error, grpc.status.CANCELLED);
  },
  async cancel_after_first_response() {
    const call = plain.fullDuplexCall(new grpc.Metadata(), patient());
    call.write(output(REQUEST_SIZES[0], RESPONSE_SIZES[0]));
    const { sizes, status } = await drain(call, () => call.cancel());
    expectStatus(status, grpc.status.CANCELLED);
    assert.deepEqual(sizes, [RESPONSE_SIZES[0]]);
  },
  async timeout_on_sleeping_server() {
    const call = plain.fullDuplexCall(new grpc.Metadata(), { deadline: Date.now() + 1 });
    call.write({ payload: payload(27182) });
    expectStatus((await drain(call)).status, grpc.status.DEADLINE_EXCEEDED);
  },
  async orca_per_rpc() {
    const orcaPerQueryReport = { ...LOADS[0], requestCost: { cost: 3456.32 } };
    const { status } = await unary(plain, 'unaryCall', { orcaPerQueryReport });
    expectStatus(status, grpc.status.OK);
    const [report] = status.metadata.get('endpoint-load-metrics-bin');
    assert.deepEqual(OrcaLoadReport.deserialize(report), reportOf(orcaPerQueryReport));
  },
  // grpc-js's own client of reports is part of its weighted_round_robin
  async orca_oob() {
    const every = { reportInterval: { nanos: 200_000_000 } };
    const reports = loads.streamCoreMetrics(every, new grpc.Metadata(), patient());
    reports.on('error', () => {}); // the status says it
    const call = plain.fullDuplexCall(new grpc.Metadata(), patient());
    const end = drain(call);
    for (const load of LOADS) {
      const answer = once(call, 'data');
      call.write({ orcaOobReport: load, responseParameters: [{ size: 1 }] });
      await answer;
      await told(reports, load);
    }
    call.end();
    expectStatus((await end).status, grpc.status.OK);
    reports.cancel();
  },
};

async function main() {
  if (!/^\d+$/.test(port ?? '')) {
    throw new Error(`usage: node client.js PORT [CASE,...]; the cases: ${Object.keys(CASES).join(' ')}`);
  }
  const names = only ? only.split(',') : Object.keys(CASES);
  for (const name of names) {
    try {
      assert.ok(Object.hasOwn(CASES, name), `unknown case (expected: of ${Object.keys(CASES).join(' ')})`);
      await CASES[name]();
      console.log(`${name} passed`);
    } catch (error) {
      console.error(`${name} failed: ${error.message}`);
      process.exitCode = 1;
    }
  }
  [plain, gzip, unknown, loads].forEach((client) => client.close());
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 2;
});
