package grpc.spi.credentials;

import grpc.api.PeerSecurity;
import grpc.api.ServerCredentials;

/** {@link ServerCredentials#plaintext}. */
record PlaintextServer() implements ServerSecurity {
  @Override
  public Security accept(ConnectionDetails connection) {
    return new Security.Plain(PeerSecurity.NONE);
  }

  @Override
  public String toString() {
    return "plaintext";
  }
}
