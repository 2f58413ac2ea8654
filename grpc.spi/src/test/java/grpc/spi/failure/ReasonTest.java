package grpc.spi.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void messageIsTheReason() {
    assertEquals("Connection refused", Reason.of(new ConnectException("Connection refused")));
  }

  @Test
  void exceptionWithoutAMessageIsNamed() {
    assertEquals("UnresolvedAddressException", Reason.of(new UnresolvedAddressException()));
    assertEquals("IOException", Reason.of(new IOException("")));
    assertEquals("IOException", Reason.of(new IOException(String.valueOf((Object) null))));
    assertTrue(Reason.of(new RuntimeException() {}).startsWith("grpc.spi.failure.ReasonTest$"));
  }

  @Test
  void causeSaysMoreThanAnExceptionWithoutAMessage() {
    var cause = new NoSuchElementException("no nameserver");
    var e = new IllegalStateException(null, new IOException(null, cause));
    assertEquals("IllegalStateException: IOException: no nameserver", Reason.of(e));
  }

  @Test
  void circleOfCausesHasAnEnd() {
    var one = new IllegalStateException((String) null);
    var other = new IllegalStateException(null, one);
    one.initCause(other);
    assertTrue(Reason.of(one).startsWith("IllegalStateException: IllegalStateException: "));
  }

  @Test
  void messageThatCannotBeMadeIsNone() {
    var broken =
        new RuntimeException() {
          @Override
          public String getMessage() {
            throw new UnsupportedOperationException();
          }
        };
    assertTrue(Reason.of(broken).startsWith("grpc.spi.failure.ReasonTest$"));
  }
}
