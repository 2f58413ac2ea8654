package grpc.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTest {
  @Test
  void codesHaveTheirNumbersOnTheWire() {
    assertEquals(17, StatusCode.values().length);
    assertEquals(0, StatusCode.OK.number());
    assertEquals(4, StatusCode.DEADLINE_EXCEEDED.number());
    assertEquals(12, StatusCode.UNIMPLEMENTED.number());
    assertEquals(16, StatusCode.UNAUTHENTICATED.number());
    assertEquals(Optional.of(StatusCode.UNAVAILABLE), StatusCode.of(14));
    assertTrue(StatusCode.of(17).isEmpty());
    assertTrue(StatusCode.of(-1).isEmpty());
  }

  @Test
  void detailsAreCopiedAndCount() {
    byte[] details = {1, 2};
    var status = Status.notFound("gone").withDetails(details);
    details[0] = 9;
    status.details()[1] = 9;
    assertArrayEquals(new byte[] {1, 2}, status.details());
    assertTrue(status.hasDetails());
    assertNotEquals(Status.notFound("gone"), status);
    assertEquals(Status.notFound("gone"), status.withDetails(new byte[0]));
    assertEquals("NOT_FOUND: gone (2 bytes of details)", status.toString());
  }

  @Test
  void okWithoutMessageIsOneObject() {
    assertSame(Status.OK, Status.of(StatusCode.OK, ""));
    assertTrue(Status.OK.isOk());
  }

  @Test
  void exceptionCarriesStatusAndTrailers() {
    var trailers = Metadata.of(MetadataKey.text("why"), "because");
    var e = new StatusException(Status.internal("broken"), trailers);
    assertEquals(StatusCode.INTERNAL, e.code());
    assertEquals(trailers, e.trailers());
    assertEquals("INTERNAL: broken", e.getMessage());
    assertEquals(Metadata.EMPTY, Status.internal("broken").asException().trailers());
  }
}
