package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import grpc.api.MetadataKey;
import grpc.spi.transport.RequestHeaders;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a server reads out of a good request's header block (PROTOCOL-HTTP2, Requests). {@code GOOD}
 * and {@code PSEUDO} stand for fields of {@link FieldText}.
 */
class AcceptedRequestTest {
  private final RequestReader reader = new RequestReader();

  private ParsedRequest read(String fields) {
    return FieldText.request(fields, reader);
  }

  private RequestHeaders accepted(String fields) {
    return assertInstanceOf(ParsedRequest.Accepted.class, read(fields)).headers();
  }

  /** PROTOCOL-HTTP2, Timeout: 1 to 8 digits and a unit. */
  @ParameterizedTest
  @CsvSource({
    "1n, 1",
    "1u, 1000",
    "1m, 1000000",
    "1S, 1000000000",
    "1M, 60000000000",
    "1H, 3600000000000",
    "00000000n, 0",
    "99999999n, 99999999",
    "99999999H, 9223372036854775807", // more than a long has: no end
  })
  void timeouts(String value, long nanos) {
    assertEquals(nanos, accepted("GOOD | grpc-timeout=" + value).timeoutNanos());
  }

  @Test
  void withoutTimeoutThereIsNoEnd() {
    assertEquals(RequestHeaders.NO_TIMEOUT, accepted("GOOD").timeoutNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "GOOD, ''",
    ":authority=a.example | GOOD, a.example",
    "GOOD | host=h.example, h.example", // RFC 9113 §8.3.1: of an intermediary
    ":authority=a.example | GOOD | host=h.example, a.example",
  })
  void authorities(String fields, String authority) {
    assertEquals(authority, accepted(fields).authority());
  }

  @ParameterizedTest
  @CsvSource({
    // fields, subtype, encoding, accept-encoding
    "GOOD, '', identity, ''",
    "PSEUDO | content-type=application/grpc+proto, proto, identity, ''",
    "PSEUDO | content-type=application/grpc+json;charset=utf-8, json, identity, ''",
    "PSEUDO | content-type=application/grpc;x=+y, '', identity, ''",
    "GOOD | grpc-encoding=gzip, '', gzip, ''",
    "GOOD | grpc-accept-encoding=gzip, '', identity, gzip",
    "GOOD | grpc-accept-encoding=a | grpc-accept-encoding=b, '', identity, 'a,b'",
  })
  void whatMessagesAreIn(String fields, String subtype, String encoding, String accepted) {
    var headers = accepted(fields);
    assertEquals(subtype, headers.contentSubtype());
    assertEquals(encoding, headers.encoding());
    assertEquals(accepted, headers.acceptEncoding());
  }

  /** Of the reserved names, the user-agent alone is metadata. */
  @ParameterizedTest
  @CsvSource({
    "GOOD, ''",
    "GOOD | te=trailers | content-length=5, ''",
    "GOOD | grpc-message-type=x | grpc-status=1 | grpc-message=x, ''",
    "GOOD | grpc-status-details-bin=!, ''", // not even read
    "GOOD | user-agent=x, user-agent=x",
    "GOOD | a=1 | b=2 | a=3, 'a=1, b=2, a=3'",
    "GOOD | a=, a=",
  })
  void metadata(String fields, String text) {
    var seen =
        StreamSupport.stream(accepted(fields).metadata().spliterator(), false)
            .map(Object::toString)
            .toList();
    assertEquals(text.isEmpty() ? List.of() : List.of(text.split(", ")), seen);
  }

  @ParameterizedTest
  @CsvSource({
    "YQ, 61", // without padding, as it is sent
    "YQ==, 61", // with it, as it must be taken
    "'', ''",
    "'YQ,Yg', '61 62'", // Custom-Metadata: several values in one field
    "'YQ== , Yg', '61 62'",
  })
  void binaryMetadata(String value, String bytes) {
    var all = accepted("GOOD | n-bin=" + value).metadata().all(MetadataKey.binary("n-bin"));
    var hex = all.stream().map(b -> HexFormat.of().formatHex(b)).toList();
    assertEquals(bytes, String.join(" ", hex));
  }

  @ParameterizedTest
  @CsvSource({
    "GOOD, -1",
    "GOOD | content-length=0, 0",
    "GOOD | content-length=5 | content-length=5, 5",
    "GOOD | content-length=999999999999999999, 999999999999999999",
  })
  void contentLength(String fields, long length) {
    accepted(fields);
    assertEquals(length, reader.contentLength());
  }

  /** A block is read as if it were the first: a row has the block before, which leaves no trace. */
  @ParameterizedTest
  @CsvSource({
    ":method=POST | connection=x",
    "GOOD | te=gzip",
    ":authority=z | GOOD | host=a | host=b",
    "GOOD | grpc-timeout=x",
    "GOOD | grpc-timeout=1S | content-length=7",
    "GOOD | grpc-encoding=gzip | grpc-accept-encoding=gzip",
    "GOOD | n-bin=!",
    "GOOD | a=1 | user-agent=x",
  })
  void resetForgetsTheBlockBefore(String before) {
    read(before);
    var headers = accepted("GOOD");
    assertEquals(RequestHeaders.of("/a.B/C", ""), headers);
    assertEquals(-1, reader.contentLength());
    assertEquals(new ParsedRequest.Foreign(415, false), read("PSEUDO"));
    assertInstanceOf(ParsedRequest.Malformed.class, read(""));
  }

  /** Memory is counted for what requests do not share. */
  @ParameterizedTest
  @CsvSource({
    "GOOD, 8", // identity
    ":authority=12345 | GOOD, 13",
    "GOOD | host=12345, 13",
    "GOOD | grpc-encoding=gzip | grpc-accept-encoding=gzip, 8",
    "GOOD | a=123, 108", // and 48 for each of two Strings
  })
  void size(String fields, int bytes) {
    accepted(fields);
    assertEquals(bytes, reader.size());
  }

  /** HPACK's tables hand out the same Strings: the same fields are the same metadata. */
  @Test
  void requestsShareMetadataOfTheSameStrings() {
    String name = "a";
    String value = "1";
    var first = metadataOf(name, value);
    var second = metadataOf(name, value);
    assertSame(first, second);
    assertEquals(8, reader.size(), "shared");
  }

  private Object metadataOf(String name, String value) {
    reader.reset();
    FieldText.read(FieldText.GOOD, reader);
    reader.header(name, value, false);
    return assertInstanceOf(ParsedRequest.Accepted.class, reader.finish()).headers().metadata();
  }
}
