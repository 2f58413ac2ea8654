package grpc.kernel.channel;

/** All of it holds where somebody hears of connections, too. */
class ObservedSubchannelsTest extends SubchannelsTest {
  @Override
  TestChannel channel() {
    return TestChannel.observed(() -> "nobody");
  }
}
