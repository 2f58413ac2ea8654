'use strict';

// grpc.testing.TestService on a free port of this machine, until SIGTERM. grpc-js compresses no response.
const { setTimeout: sleep } = require('node:timers/promises');
const { grpc, TestService, payload, INITIAL, TRAILING } = require('./service');

const SERVER_ID = `grpc-js ${process.pid}`;

/** What tells the load out of band. */
const load = new grpc.ServerMetricRecorder();

function report(recorder, { cpuUtilization, memoryUtilization, requestCost, utilization }) {
  recorder.recordCPUUtilizationMetric(cpuUtilization);
  recorder.recordMemoryUtilizationMetric(memoryUtilization);
  Object.entries(requestCost).forEach(([name, cost]) => recorder.recordRequestCostMetric(name, cost));
  Object.entries(utilization).forEach(([name, value]) => recorder.recordUtilizationMetric(name, value));
}

function decide({ cpuUtilization, memoryUtilization, utilization }) {
  load.setCpuUtilizationMetric(cpuUtilization);
  load.message.mem_utilization = memoryUtilization; // there is no setter
  load.setAllUtilizationMetrics(utilization);
}

/** Sends the header that the client wants back; returns the trailers that it wants back. */
function echo(call) {
  const headers = new grpc.Metadata();
  call.metadata.get(INITIAL).forEach((value) => headers.add(INITIAL, value));
  call.sendMetadata(headers);
  const trailers = new grpc.Metadata();
  call.metadata.get(TRAILING).forEach((value) => trailers.add(TRAILING, value));
  return trailers;
}

/** The error that the request wants its call to end with; none for most. */
function wanted(request, metadata) {
  const status = request.responseStatus;
  return status && status.code !== grpc.status.OK
    ? { code: status.code, details: status.message, metadata }
    : undefined;
}

function emptyCall(call, callback) {
  callback(null, {}, echo(call));
}

function unaryCall(call, callback) {
  const trailers = echo(call);
  const error = wanted(call.request, trailers);
  if (error) {
    callback(error);
    return;
  }
  const { responseSize, fillServerId, orcaPerQueryReport } = call.request;
  if (orcaPerQueryReport) {
    report(call.getMetricsRecorder(), orcaPerQueryReport);
  }
  const response = { payload: payload(responseSize), serverId: fillServerId ? SERVER_ID : '' };
  callback(null, response, trailers);
}

function streamingInputCall(call, callback) {
  const trailers = echo(call);
  let aggregatedPayloadSize = 0;
  call.on('data', (request) => (aggregatedPayloadSize += request.payload?.body.length ?? 0));
  call.on('end', () => callback(null, { aggregatedPayloadSize }, trailers));
}

/** Sends what the request asks for, no faster than the client reads; returns the error to end with. */
async function answer(call, request, trailers) {
  for (const { size, intervalUs } of request.responseParameters) {
    if (intervalUs > 0) {
      await sleep(intervalUs / 1000);
    }
    if (call.cancelled) {
      return undefined;
    }
    if (!call.write({ payload: payload(size) })) {
      await new Promise((resolve) => call.once('drain', resolve).once('cancelled', resolve));
    }
  }
  return wanted(request, trailers);
}

function end(call, error, trailers) {
  if (error) {
    call.emit('error', error);
  } else {
    call.end(trailers);
  }
}

async function streamingOutputCall(call) {
  const trailers = echo(call);
  end(call, await answer(call, call.request, trailers), trailers);
}

function fullDuplexCall(call) {
  const trailers = echo(call);
  let error;
  let last = Promise.resolve();
  call.on('data', (request) => {
    last = last.then(async () => {
      if (request.orcaOobReport) {
        decide(request.orcaOobReport);
      }
      error ??= await answer(call, request, trailers);
    });
  });
  call.on('end', () => last.then(() => end(call, error, trailers)));
}

function halfDuplexCall(call) {
  const trailers = echo(call);
  const requests = [];
  call.on('data', (request) => requests.push(request));
  call.on('end', async () => {
    let error;
    for (const request of requests) {
      error ??= await answer(call, request, trailers);
    }
    end(call, error, trailers);
  });
}

const server = new grpc.Server({
  'grpc.server_call_metric_recording': 1,
  'grpc.max_receive_message_length': 16 << 20, // very_large_request sends 10 MiB
});
load.addToServer(server);
server.addService(TestService.service, {
  emptyCall,
  unaryCall,
  streamingInputCall,
  streamingOutputCall,
  fullDuplexCall,
  halfDuplexCall,
});
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) {
    throw error;
  }
  console.log(`server.js listens on port ${port}`);
});
process.on('SIGTERM', () => {
  server.forceShutdown();
  process.exit(0);
});
