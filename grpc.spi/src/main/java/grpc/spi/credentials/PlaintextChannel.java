package grpc.spi.credentials;

import grpc.api.ChannelCredentials;
import grpc.api.PeerSecurity;

/** {@link ChannelCredentials#plaintext}. */
record PlaintextChannel() implements ChannelSecurity {
  @Override
  public int defaultPort() {
    return ChannelCredentials.plaintext().defaultPort();
  }

  @Override
  public Security connect(ConnectionDetails connection) {
    return new Security.Plain(PeerSecurity.NONE);
  }

  @Override
  public String toString() {
    return "plaintext";
  }
}
