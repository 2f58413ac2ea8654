package grpc.codec.protobuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import grpc.api.StatusCode;
import grpc.codec.protobuf.rpc.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RichStatusTest {
  private static final Status RICH =
      Status.newBuilder()
          .setCode(5)
          .setMessage("no such room")
          .addDetails(Any.pack(StringValue.of("the cellar")))
          .build();

  @Test
  void codeAndMessageAreThoseOfTheRichStatus() {
    var status = RichStatus.status(RICH);
    assertEquals(StatusCode.NOT_FOUND, status.code());
    assertEquals("no such room", status.message());
    assertArrayEquals(RICH.toByteArray(), status.details());
  }

  @Test
  void detailsComeBackFromAnException() throws Exception {
    var found = RichStatus.of(RichStatus.status(RICH).asException()).orElseThrow();
    assertEquals("the cellar", found.getDetails(0).unpack(StringValue.class).getValue());
  }

  @Test
  void aStatusWithoutDetailsHasNoRichOne() {
    assertEquals(Optional.empty(), RichStatus.of(grpc.api.Status.internal("x").asException()));
  }

  @Test
  void detailsThatAreNoStatusCountAsNone() {
    var status = grpc.api.Status.internal("x").withDetails(new byte[] {0x08});
    assertEquals(Optional.empty(), RichStatus.of(status));
  }

  @Test
  void aCodeThatGrpcDoesNotDefineIsRefused() {
    var thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> RichStatus.status(Status.newBuilder().setCode(17).build()));
    assertEquals("status code: 17 (expected: 0..16)", thrown.getMessage());
  }
}
