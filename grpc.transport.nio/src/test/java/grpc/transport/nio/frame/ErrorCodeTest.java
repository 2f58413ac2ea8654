package grpc.transport.nio.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ErrorCodeTest {
  @Test
  void codesAreThoseOfTheRfc() {
    assertEquals(0x3, ErrorCode.FLOW_CONTROL_ERROR.code());
    assertEquals(0x7, ErrorCode.REFUSED_STREAM.code());
    assertEquals(0xb, ErrorCode.ENHANCE_YOUR_CALM.code());
    assertEquals(0xd, ErrorCode.HTTP_1_1_REQUIRED.code());
    for (ErrorCode code : ErrorCode.values()) {
      assertEquals(code, ErrorCode.of(code.code()));
    }
  }

  @Test
  void unknownCodesCountAsInternalErrors() {
    assertEquals(ErrorCode.INTERNAL_ERROR, ErrorCode.of(14));
    assertEquals(ErrorCode.INTERNAL_ERROR, ErrorCode.of(-1));
    assertEquals("0xffffffff", ErrorCode.describe(-1));
  }

  @Test
  void frameTypesAreThoseOfTheRfc() {
    assertEquals(0x3, FrameType.RST_STREAM.code());
    assertEquals(0x9, FrameType.CONTINUATION.code());
    assertEquals("0xa", FrameType.describe(10));
  }
}
