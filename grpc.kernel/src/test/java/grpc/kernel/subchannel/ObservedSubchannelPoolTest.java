package grpc.kernel.subchannel;

import grpc.kernel.channel.TestChannel;

/** All of it holds where somebody hears of connections, too. */
class ObservedSubchannelPoolTest extends SubchannelPoolTest {
  @Override
  TestChannel channel() {
    return TestChannel.observed(() -> "nobody");
  }
}
