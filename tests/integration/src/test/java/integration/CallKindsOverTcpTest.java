package integration;

/** All kinds of call once more, over HTTP/2 and found by name. */
class CallKindsOverTcpTest extends CallKindsTest {
  @Override
  Link open() {
    return Link.overTcp();
  }
}
