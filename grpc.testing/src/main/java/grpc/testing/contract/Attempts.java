package grpc.testing.contract;

import grpc.api.ConnectivityState;
import grpc.testing.FakeChannel;
import grpc.testing.FakeSubConn;
import java.util.List;

/** The connection attempts of a balancer under test. */
final class Attempts {
  private static final int MOST = 100;

  private Attempts() {}

  /**
   * Lets every attempt to connect succeed until there are no more; picks, so that lazy policies
   * connect.
   */
  static void succeed(FakeChannel channel) {
    var _ = channel.pick();
    channel.scheduler().run();
    for (int rounds = 0; rounds < MOST; rounds++) {
      var running = running(channel);
      if (running.isEmpty()) {
        return;
      }
      running.getFirst().becomes(ConnectivityState.READY);
    }
    throw new AssertionError("it never stops to make subchannels: " + channel.live());
  }

  static List<FakeSubConn> running(FakeChannel channel) {
    return channel.live().stream()
        .filter(s -> s.state() instanceof ConnectivityState.Connecting)
        .toList();
  }
}
