package grpc.api;

/** Credentials without protection. */
final class Plaintext {
  static final ChannelCredentials CHANNEL =
      new ChannelCredentials() {
        @Override
        public int defaultPort() {
          return 80;
        }

        @Override
        public String toString() {
          return "plaintext";
        }
      };

  static final ServerCredentials SERVER =
      new ServerCredentials() {
        @Override
        public String toString() {
          return "plaintext";
        }
      };

  private Plaintext() {}
}
