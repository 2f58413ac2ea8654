package integration;

import grpc.api.ServiceDefinition;

/** All endings of calls once more, over HTTP/2 and found by name. */
class EndingCallsOverTcpTest extends EndingCallsTest {
  @Override
  Link open() {
    return Link.overTcp();
  }

  @Override
  Link serving(ServiceDefinition service) {
    return Link.servingOverTcp(service);
  }
}
