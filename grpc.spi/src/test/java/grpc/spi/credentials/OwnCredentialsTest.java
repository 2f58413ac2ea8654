package grpc.spi.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.api.ChannelCredentials;
import grpc.api.ServerCredentials;
import org.junit.jupiter.api.Test;

class OwnCredentialsTest {
  /** A value of the API that no transport can use. */
  private record Empty() implements ChannelCredentials, ServerCredentials {
    @Override
    public int defaultPort() {
      return 1;
    }
  }

  @Test
  void plaintextIsKnown() {
    assertSame(ChannelSecurity.PLAINTEXT, ChannelSecurity.of(ChannelCredentials.plaintext()));
    assertSame(ServerSecurity.PLAINTEXT, ServerSecurity.of(ServerCredentials.plaintext()));
    assertEquals(80, ChannelSecurity.PLAINTEXT.defaultPort());
  }

  @Test
  void ownCredentialsAreUsedAsTheyAre() {
    assertSame(ChannelSecurity.PLAINTEXT, ChannelSecurity.of(ChannelSecurity.PLAINTEXT));
    assertSame(ServerSecurity.PLAINTEXT, ServerSecurity.of(ServerSecurity.PLAINTEXT));
  }

  @Test
  void credentialsThatNoTransportCanUseAreRefused() {
    assertEquals(
        "channel credentials Empty[] of class grpc.spi.credentials.OwnCredentialsTest$Empty"
            + " (expected: ChannelCredentials.plaintext(), or credentials that implement"
            + " grpc.spi.credentials.ChannelSecurity)",
        assertThrows(IllegalArgumentException.class, () -> ChannelSecurity.of(new Empty()))
            .getMessage());
    assertEquals(
        "server credentials Empty[] of class grpc.spi.credentials.OwnCredentialsTest$Empty"
            + " (expected: ServerCredentials.plaintext(), or credentials that implement"
            + " grpc.spi.credentials.ServerSecurity)",
        assertThrows(IllegalArgumentException.class, () -> ServerSecurity.of(new Empty()))
            .getMessage());
  }
}
