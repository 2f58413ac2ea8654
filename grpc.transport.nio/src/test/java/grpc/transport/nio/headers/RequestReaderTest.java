package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which header blocks a server takes for requests, and how it answers others (PROTOCOL-HTTP2,
 * Requests). {@code GOOD} and {@code PSEUDO} stand for fields of {@link FieldText}.
 */
class RequestReaderTest {
  private static final String MISSING =
      "a pseudo-field is missing (expected: :method, :scheme, :path)";

  private final RequestReader reader = new RequestReader();

  private ParsedRequest read(String fields) {
    return FieldText.request(fields, reader);
  }

  private String verdict(String fields) {
    return switch (read(fields)) {
      case ParsedRequest.Accepted(_) -> "accepted";
      case ParsedRequest.Foreign(int http, boolean isHead) ->
          "foreign " + http + (isHead ? " without a body" : "");
      case ParsedRequest.Declined declined ->
          "%d %s: %s"
              .formatted(
                  declined.httpStatus(), declined.status().code(), declined.status().message());
      case ParsedRequest.Malformed(String reason) -> reason;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        // RFC 9113 §8.3.1: :method, :scheme and :path, each once
        "'' -> MISSING",
        ":scheme=http | :path=/a.B/C -> MISSING",
        ":method=POST | :path=/a.B/C -> MISSING",
        ":method=POST | :scheme=http -> MISSING",
        ":method=POST | GOOD -> :method twice",
        ":scheme=http | GOOD -> :scheme twice",
        ":path=/a.B/C | GOOD -> :path twice",
        ":authority=a | :authority=a | GOOD -> :authority twice",
        ":method= | :scheme=http | :path=/a.B/C -> :method is empty",
        ":method=POST | :scheme= | :path=/a.B/C -> :scheme is empty",
        ":method=POST | :scheme=http | :path= -> :path is empty",
        ":authority= | GOOD -> :authority is empty",
        // §8.3: before all regular fields, and none that is not defined for requests
        "te=trailers | GOOD -> :path after a regular field",
        "GOOD | :authority=a -> :authority after a regular field",
        "GOOD | :status=200 -> field name \":status\"",
        "GOOD | :unknown=1 -> field name \":unknown\"",
        // §8.2.1: names in lower case, of visible ASCII; values without white space at their ends
        "GOOD | Name=1 -> field name \"Name\"",
        "GOOD | na me=1 -> field name \"na me\"",
        "GOOD | =1 -> field name \"\"",
        "GOOD | n\u007f=1 -> field name \"n\u007f\"",
        "GOOD | n\u00e9=1 -> field name \"n\u00e9\"",
        "GOOD | n=? -> the value of n begins or ends with white space, or holds NUL, CR or LF",
        ":authority=? | GOOD -> the value of a field begins or ends with white space, or holds NUL,"
            + " CR or LF",
        // §8.2.2: none of HTTP/1.1's about connections, and te has trailers only
        "GOOD | connection=close -> connection-specific field connection",
        "GOOD | keep-alive=1 -> connection-specific field keep-alive",
        "GOOD | proxy-connection=1 -> connection-specific field proxy-connection",
        "GOOD | transfer-encoding=chunked -> connection-specific field transfer-encoding",
        "GOOD | upgrade=h2c -> connection-specific field upgrade",
        "GOOD | te=gzip -> te: gzip (expected: trailers)",
        "GOOD | te= -> te:  (expected: trailers)",
        // §8.1.1 and RFC 9110 §8.6: content-length is one number
        "GOOD | content-length=-1 -> content-length \"-1\" (expected: one number of bytes)",
        "GOOD | content-length=1x -> content-length \"1x\" (expected: one number of bytes)",
        "GOOD | content-length= -> content-length \"\" (expected: one number of bytes)",
        "GOOD | content-length=1234567890123456789 -> content-length \"1234567890123456789\""
            + " (expected: one number of bytes)",
        "GOOD | content-length=5 | content-length=6 -> content-length \"6\" (expected: one number"
            + " of bytes)",
        // §8.5: CONNECT has an authority, and no scheme or path
        ":method=CONNECT | :scheme=http | :authority=a -> MISSING",
        ":method=CONNECT | :path=/ | :authority=a -> MISSING",
        ":method=CONNECT -> MISSING",
      })
  void malformed(String fields, String reason) {
    assertInstanceOf(ParsedRequest.Malformed.class, read(fields));
    assertEquals(reason.replace("MISSING", MISSING), verdict(fields));
  }

  @ParameterizedTest
  @CsvSource({
    // a browser, curl: answered in HTTP's words
    "GET, application/grpc, foreign 405",
    "PUT, application/grpc, foreign 405",
    "post, application/grpc, foreign 405", // RFC 9110 §9.1: case-sensitive
    "HEAD, application/grpc, foreign 405 without a body", // RFC 9110 §9.3.2
    "CONNECT, application/grpc, foreign 405", // with a path: HTTP/2 may have them, gRPC may not
    "POST, '', foreign 415",
    "POST, text/plain, foreign 415",
    "POST, application/json, foreign 415",
    "POST, application/grpc-web, foreign 415",
    "POST, application/grpc-web+proto, foreign 415",
    "POST, application/grpcx, foreign 415",
    "POST, application/grp, foreign 415",
    "POST, APPLICATION/GRPC, foreign 415",
    // PROTOCOL-HTTP2, Content-Type: application/grpc [("+proto" / "+json" / {custom})]
    "POST, application/grpc, accepted",
    "POST, application/grpc+proto, accepted",
    "POST, application/grpc+, accepted",
    "POST, application/grpc;charset=utf-8, accepted",
    "POST, application/grpc+json;charset=utf-8, accepted",
  })
  void methodsAndContentTypes(String method, String contentType, String verdict) {
    assertEquals(
        verdict,
        verdict(
            ":method=%s | :scheme=http | :path=/a.B/C | content-type=%s"
                .formatted(method, contentType)));
  }

  @Test
  void aTunnelIsNotOffered() { // RFC 9113 §8.5
    assertEquals("foreign 405", verdict(":method=CONNECT | :authority=example.org:443"));
  }

  @Test
  void withoutContentTypeItIsNoGrpc() {
    assertEquals("foreign 415", verdict("PSEUDO"));
  }

  @ParameterizedTest
  @CsvSource({
    "/a.B/C, true",
    "/B/C, true",
    "/a/b/C, true",
    "/, false",
    "*, false", // RFC 9113 §8.3.1: of OPTIONS
    "/C, false",
    "//C, false",
    "/a.B/, false",
    "a.B/C, false",
    "http://h/a.B/C, false",
  })
  void paths(String path, boolean good) {
    assertEquals(
        good
            ? "accepted"
            : "200 UNIMPLEMENTED: path \"" + path + "\" (expected: /package.Service/Method)",
        verdict(FieldText.GOOD.replace("/a.B/C", path)));
  }

  @ParameterizedTest
  @CsvSource({"''", "1", "S", "1s", "1h", "-1S", "1.5S", "' 1S'", "123456789n", "1S1S"})
  void badTimeoutsAreDeclined(String value) {
    String expected =
        "400 INTERNAL: grpc-timeout \""
            + value
            + "\" (expected: 1 to 8 digits and one of H M S m u n)";
    assertEquals(expected, verdict("GOOD | grpc-timeout=" + value));
    assertEquals(expected, verdict("GOOD | grpc-timeout=" + value + " | grpc-timeout=1S"));
  }

  @ParameterizedTest
  @CsvSource({
    "GOOD | host=a | host=b, 400 INTERNAL: several host fields (expected: one)", // gRFC A41
    "GOOD | host=a | host=a, 400 INTERNAL: several host fields (expected: one)",
    "GOOD | n-bin=%, '400 INTERNAL: metadata \"n-bin\" is not base64'",
    "GOOD | n-bin=YQ | m-bin=YQ!, '400 INTERNAL: metadata \"m-bin\" is not base64'",
  })
  void declined(String fields, String verdict) {
    assertEquals(verdict, verdict(fields));
  }

  @ParameterizedTest
  @CsvSource({
    "a=1, ''",
    "a=1 | :path=/a.B/C, :path after a regular field",
    ":path=/a.B/C | a=1, a pseudo-field in trailers", // RFC 9113 §8.1
    "connection=close, connection-specific field connection",
  })
  void trailersOfARequest(String fields, String malformed) {
    FieldText.read(fields, reader);
    assertEquals(malformed, reader.malformedTrailers());
  }
}
