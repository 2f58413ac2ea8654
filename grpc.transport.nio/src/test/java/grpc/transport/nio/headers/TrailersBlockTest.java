package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.transport.nio.hpack.HpackDecoder;
import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.hpack.HpackException;
import grpc.transport.nio.outbound.HeaderBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a response ends on the wire (PROTOCOL-HTTP2, Trailers and Trailers-Only). */
class TrailersBlockTest {
  private static final Metadata TEXT = Metadata.of(MetadataKey.text("a"), "1");
  private static final Metadata BYTES = Metadata.of(MetadataKey.binary("a-bin"), new byte[] {1, 2});
  private static final Status LOST = Status.of(StatusCode.NOT_FOUND, "lost");
  private static final Status DETAILED = LOST.withDetails(new byte[] {7, 7, 7, 7});

  private static Stream<Arguments> blocks() {
    return Stream.of(
        Arguments.of(TrailersBlock.afterHeaders(Status.OK, Metadata.EMPTY), "grpc-status=0"),
        Arguments.of(TrailersBlock.afterHeaders(Status.OK, TEXT), "grpc-status=0 a=1"),
        Arguments.of(
            TrailersBlock.afterHeaders(LOST, BYTES), "grpc-status=5 grpc-message=lost a-bin=AQI"),
        Arguments.of(
            TrailersBlock.afterHeaders(DETAILED, TEXT),
            "grpc-status=5 grpc-message=lost grpc-status-details-bin=BwcHBw a=1"),
        Arguments.of(
            TrailersBlock.afterHeaders(
                Status.of(StatusCode.ABORTED, "a\u00e9% \n"), Metadata.EMPTY),
            "grpc-status=10 grpc-message=a%C3%A9%25 %0A"),
        Arguments.of(
            TrailersBlock.afterHeaders(LOST.withDetails(new byte[3_000]), Metadata.EMPTY),
            "grpc-status=5 grpc-message=lost grpc-status-details-bin=" + "A".repeat(4_000)),
        Arguments.of(
            TrailersBlock.only("", LOST, Metadata.EMPTY),
            ":status=200 content-type=application/grpc grpc-status=5 grpc-message=lost"),
        Arguments.of(
            TrailersBlock.only("proto", Status.OK, TEXT),
            ":status=200 content-type=application/grpc+proto grpc-status=0 a=1"),
        Arguments.of(
            TrailersBlock.rejected(400, Status.internal("why")),
            ":status=400 content-type=application/grpc grpc-status=13 grpc-message=why"),
        Arguments.of(
            TrailersBlock.afterHeaders(Status.unknown("\u20ac".repeat(500)), BYTES.merged(TEXT)),
            "grpc-status=2 grpc-message=" + "%E2%82%AC".repeat(500) + " a-bin=AQI a=1"));
  }

  /** The bound holds for the worst encoder: one that has to tell two table sizes first. */
  @ParameterizedTest
  @MethodSource("blocks")
  void boundHoldsAndListSizeIsExact(HeaderBlock block, String fields) throws HpackException {
    var worst = new HpackEncoder(4096);
    worst.setMaxTableSize(0);
    worst.setMaxTableSize(4096);
    for (var encoder : List.of(new HpackEncoder(4096), worst, new HpackEncoder(0))) {
      for (int i = 0; i < 2; i++) { // the second time from the table
        var out = ByteBuffer.allocate(block.bound());
        encoder.beginBlock(out);
        block.encode(encoder, out);
        assertTrue(out.position() <= block.bound());
      }
    }
    var decoded = decode(block);
    assertEquals(fields, String.join(" ", decoded));
    int size = decoded.stream().mapToInt(f -> f.length() - 1 + 32).sum(); // RFC 9113 §6.5.2
    assertEquals(size, block.listSize());
  }

  private static List<String> decode(HeaderBlock block) throws HpackException {
    var encoder = new HpackEncoder(4096);
    var out = ByteBuffer.allocate(block.bound());
    encoder.beginBlock(out);
    block.encode(encoder, out);
    var fields = new ArrayList<String>();
    var decoder = new HpackDecoder(4096, 1 << 20);
    decoder.decode(out.flip(), (name, value, secret) -> fields.add(name + "=" + value));
    decoder.endHeaders();
    return fields;
  }

  @ParameterizedTest
  @EnumSource(StatusCode.class)
  void eachCodeIsItsNumber(StatusCode code) throws HpackException {
    var block = TrailersBlock.afterHeaders(Status.of(code, ""), Metadata.EMPTY);
    assertEquals(List.of("grpc-status=" + code.number()), decode(block));
  }

  @Test
  void theUsualEndIsOneObject() {
    assertSame(
        TrailersBlock.afterHeaders(Status.OK, Metadata.EMPTY),
        TrailersBlock.afterHeaders(Status.OK, Metadata.EMPTY));
  }

  /**
   * A failure keeps its code whatever is cut. Sizes: {@code grpc-status} 44, {@code grpc-message}
   * 44 and its value, {@code grpc-status-details-bin} 61, {@code a} 34. A mark counts with its
   * space as {@code %20}, as it is sent if it is all of the message.
   */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        // limit, what is left
        "300 -> 1234567890 [cut] | details | a",
        "201 -> 1234567890 [cut] | details | a", // 44 + 44 + 10 + 8 + 61 + 34
        "200 -> 123456789 [cut] | details | a",
        "191 -> [cut] | details | a",
        "190 -> 1234567890 [cut, details left out] | a",
        "158 -> 1234567890 [cut, details left out] | a", // 44 + 44 + 10 + 26 + 34
        "157 -> 123456789 [cut, details left out] | a",
        "148 -> [cut, details left out] | a",
        "147 -> 1234567890 [cut, trailers left out]",
        "125 -> 1234567890 [cut, trailers left out]", // 44 + 44 + 10 + 27
        "124 -> 123456789 [cut, trailers left out]",
        "115 -> [cut, trailers left out]",
        "0 -> [cut, trailers left out]", // no less: its caller looks again
      })
  void aFailureIsCut(int limit, String left) throws HpackException {
    var status = Status.of(StatusCode.NOT_FOUND, "1234567890").withDetails(new byte[] {7, 7, 7, 7});
    var cut = TrailersBlock.afterHeaders(status, TEXT).cutTo(limit);
    var text = new StringBuilder();
    for (String field : decode(cut)) {
      text.append(
          switch (field.substring(0, field.indexOf('='))) {
            case "grpc-status" -> field.equals("grpc-status=5") ? "" : field;
            case "grpc-message" -> field.substring(13).replace("%20", "").trim();
            case "grpc-status-details-bin" -> " | details";
            default -> " | a";
          });
    }
    assertEquals(left, text.toString());
    assertTrue(cut.listSize() <= Math.max(limit, 115));
  }

  /** What is cut is a character, and takes all the bytes that stand for it. */
  @ParameterizedTest
  @CsvSource({"27, 3", "26, 2", "18, 2", "17, 1", "9, 1", "8, 0", "0, 0"})
  void aMessageIsCutBetweenCharacters(int room, int characters) throws HpackException {
    var status = Status.of(StatusCode.NOT_FOUND, "\u20ac\u20ac\u20ac");
    var cut = TrailersBlock.afterHeaders(status, Metadata.EMPTY).cutTo(44 + 44 + 8 + room);
    assertEquals(
        "grpc-message=" + "%E2%82%AC".repeat(characters),
        decode(cut).get(1).replaceFirst("( |%20)\\[cut\\]", ""));
  }

  @Test
  void successIsNotCut() { // without its metadata it would be another answer
    var block = TrailersBlock.afterHeaders(Status.OK, TEXT);
    assertSame(block, block.cutTo(1));
  }

  @Test
  void trailersOnlyKeepTheirHead() throws HpackException {
    var cut = TrailersBlock.only("proto", LOST, TEXT).cutTo(0);
    assertEquals(
        List.of(
            ":status=200",
            "content-type=application/grpc+proto",
            "grpc-status=5",
            "grpc-message=%20[cut, trailers left out]"),
        decode(cut));
  }
}
