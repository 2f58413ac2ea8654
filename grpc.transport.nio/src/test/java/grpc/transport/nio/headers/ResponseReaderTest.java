package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.spi.transport.ResponseHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client makes of the header blocks of a response (PROTOCOL-HTTP2, Responses). */
class ResponseReaderTest {
  private static final String GRPC = ":status=200 | content-type=application/grpc";

  private final ResponseReader reader = new ResponseReader();

  /** Reads a block; {@code GRPC} stands for the fields of a good response. */
  private void read(String fields) {
    reader.reset();
    FieldText.read(fields.replace("GRPC", GRPC), reader);
  }

  /** http-grpc-status-mapping. */
  @ParameterizedTest
  @CsvSource({
    "400, INTERNAL",
    "401, UNAUTHENTICATED",
    "403, PERMISSION_DENIED",
    "404, UNIMPLEMENTED",
    "429, UNAVAILABLE",
    "431, INTERNAL",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE",
    // all others
    "200, UNKNOWN",
    "204, UNKNOWN",
    "302, UNKNOWN",
    "402, UNKNOWN",
    "405, UNKNOWN",
    "415, UNKNOWN",
    "500, UNKNOWN",
    "501, UNKNOWN",
    "505, UNKNOWN",
    "999, UNKNOWN",
  })
  void httpStatusesWithoutGrpcStatus(int http, StatusCode code) {
    read(":status=" + http + " | content-type=text/html");
    assertEquals(
        Status.of(
            code,
            "HTTP status "
                + http
                + ", content-type \"text/html\" (expected: 200, application/grpc); is this a gRPC"
                + " server?"),
        reader.status());
  }

  @ParameterizedTest
  @CsvSource({
    "GRPC, true",
    ":status=200 | content-type=application/grpc+proto, true",
    ":status=200 | content-type=application/grpc;x, true",
    ":status=200 | content-type=text/html, false",
    ":status=200, false",
    ":status=503 | content-type=application/grpc, false",
    "content-type=application/grpc, false",
  })
  void speaksGrpc(String fields, boolean isGrpc) {
    read(fields);
    assertEquals(isGrpc, reader.isGrpc());
  }

  @ParameterizedTest
  @CsvSource({
    ":status=99, false",
    ":status=100, true",
    ":status=103, true",
    ":status=199, true",
    ":status=200, false",
    ":status=0100, false", // four digits are no status
    "grpc-status=0, false",
  })
  void informational(String fields, boolean isInformational) { // RFC 9113 §8.1
    read(fields);
    assertEquals(isInformational, reader.isInformational());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "GRPC -> ''",
        ":status=abc -> ''", // well-formed HTTP/2; stands for no HTTP status that is known
        // RFC 9113 §8.3.2: :status, once
        "'' -> :status is missing",
        "content-type=application/grpc -> :status is missing",
        "connection=close -> connection-specific field connection",
        ":status=200 | :status=200 -> :status twice",
        ":status= -> :status is empty",
        // §8.3: before all regular fields, and none that is not defined for responses
        "a=1 | :status=200 -> :status after a regular field",
        "GRPC | :path=/ -> field name \":path\"",
        "GRPC | :x=/ -> field name \":x\"",
        // §8.2.1, §8.2.2
        "GRPC | A=1 -> field name \"A\"",
        "GRPC | a=? -> the value of a begins or ends with white space, or holds NUL, CR or LF",
        "GRPC | connection=close -> connection-specific field connection",
        "GRPC | keep-alive=1 -> connection-specific field keep-alive",
        "GRPC | proxy-connection=1 -> connection-specific field proxy-connection",
        "GRPC | transfer-encoding=chunked -> connection-specific field transfer-encoding",
        "GRPC | upgrade=h2c -> connection-specific field upgrade",
        // RFC 9110 §8.6
        "GRPC | content-length=x -> content-length \"x\" (expected: one number of bytes)",
      })
  void malformedHeads(String fields, String reason) {
    read(fields);
    assertEquals(reason, reader.malformedHead());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "grpc-status=0 -> ''",
        "'' -> ''", // its status says that grpc-status is missing
        ":status=200 | grpc-status=0 -> a pseudo-field in trailers", // RFC 9113 §8.1
        "grpc-status=0 | connection=close -> connection-specific field connection",
        "grpc-status=0 | a b=1 -> field name \"a b\"",
      })
  void malformedTrailers(String fields, String reason) {
    read(fields);
    assertEquals(reason, reader.malformedTrailers());
  }

  @ParameterizedTest
  @EnumSource(StatusCode.class)
  void eachCodeIsItsNumber(StatusCode code) {
    read("grpc-status=" + code.number() + " | grpc-message=why");
    assertEquals(code, reader.status().code());
    assertEquals("why", reader.status().message());
  }

  @ParameterizedTest
  @CsvSource({
    "17, UNKNOWN",
    "999, UNKNOWN",
    "1000, UNKNOWN",
    "-1, UNKNOWN",
    "+1, UNKNOWN",
    "1 2, UNKNOWN",
    "OK, UNKNOWN",
    "0x0, UNKNOWN",
    "00, OK",
    "005, NOT_FOUND",
    "0000, UNKNOWN",
  })
  void badGrpcStatuses(String value, StatusCode code) {
    read("grpc-status=" + value);
    assertEquals(code, reader.status().code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        // trailers
        "grpc-status=5 | grpc-message=no -> NOT_FOUND: no",
        "grpc-status=5 -> NOT_FOUND:",
        "grpc-status=5 | grpc-message=a%20b%C3%A9 -> NOT_FOUND: a b\u00e9", // Status-Message
        "grpc-status=5 | grpc-message=100% -> NOT_FOUND: 100%", // no percent-encoding: as it is
        "a=1 -> UNKNOWN: the server ended the call without grpc-status",
        // Trailers-Only
        "GRPC | grpc-status=5 | grpc-message=no -> NOT_FOUND: no",
        "GRPC -> UNKNOWN: the server ended the call without grpc-status",
        // grpc-status goes before HTTP's
        ":status=503 | grpc-status=5 | grpc-message=no -> NOT_FOUND: no",
        ":status=503 -> UNAVAILABLE: HTTP status 503, content-type \"\" (expected: 200,"
            + " application/grpc); is this a gRPC server?",
        ":status=5x3 -> UNKNOWN: HTTP status 0, content-type \"\" (expected: 200,"
            + " application/grpc); is this a gRPC server?",
      })
  void statuses(String fields, String status) {
    read(fields);
    var found = reader.status();
    assertEquals(status, (found.code() + ": " + found.message()).strip());
  }

  @ParameterizedTest
  @CsvSource({"YWI, ab", "YWI=, ab", "' YWI', ab", "Y!, ''", "'', ''"})
  void details(String base64, String bytes) {
    read("grpc-status=5 | grpc-status-details-bin=" + base64);
    assertEquals(StatusCode.NOT_FOUND, reader.status().code());
    assertArrayEquals(bytes.getBytes(StandardCharsets.US_ASCII), reader.status().details());
    assertTrue(reader.custom().isEmpty(), "they are no metadata");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "GRPC -> - identity - []",
        ":status=200 | content-type=application/grpc+proto -> proto identity - []",
        "GRPC | grpc-encoding=gzip | grpc-accept-encoding=a,b -> - gzip a,b []",
        "GRPC | a=1 | b=2 -> - identity - [a=1, b=2]",
        "GRPC | user-agent=x | te=trailers | host=h -> - identity - []", // reserved names
        "GRPC | n-bin=! | a=1 -> - identity - []", // not base64: none at all
      })
  void headers(String fields, String subtypeEncodingAcceptedMetadata) {
    read(fields);
    var headers = reader.headers();
    var metadata = new ArrayList<String>();
    headers.metadata().forEach(entry -> metadata.add(entry.toString()));
    assertEquals(
        subtypeEncodingAcceptedMetadata,
        dashIfEmpty(headers.contentSubtype())
            + " "
            + headers.encoding()
            + " "
            + dashIfEmpty(headers.acceptEncoding())
            + " "
            + metadata);
  }

  private static String dashIfEmpty(String text) {
    return text.isEmpty() ? "-" : text;
  }

  /** RFC 9113 §6.5.2: a header list that is larger than our SETTINGS_MAX_HEADER_LIST_SIZE. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      value = {
        "GRPC -> RESOURCE_EXHAUSTED: the response's header list is larger than the limit of 80"
            + " bytes",
        "grpc-status=0 -> RESOURCE_EXHAUSTED: the response's header list is larger than the limit"
            + " of 80 bytes",
        "grpc-status=5 | grpc-message=no -> NOT_FOUND: no [cut: the response's header list is"
            + " larger than the limit of 80 bytes]",
      })
  void overLimit(String fields, String status) {
    read(fields);
    var found = reader.overLimit(80);
    assertEquals(status, found.code() + ": " + found.message());
  }

  @ParameterizedTest
  @CsvSource({
    "GRPC, -1",
    "GRPC | content-length=7, 7",
    "GRPC | content-length=7 | content-length=7, 7"
  })
  void contentLength(String fields, long length) {
    read(fields);
    assertEquals("", reader.malformedHead());
    assertEquals(length, reader.contentLength());
  }

  /** A row has a block that leaves no trace in the next. */
  @ParameterizedTest
  @CsvSource({
    ":status=503 | :status=200",
    "GRPC | grpc-status=5 | grpc-message=no | grpc-status-details-bin=YQ",
    "GRPC | content-length=7 | connection=x",
    "GRPC | grpc-encoding=gzip | grpc-accept-encoding=gzip | a=1",
  })
  void resetForgetsTheBlockBefore(String before) {
    read(before);
    read("");
    assertEquals("", reader.malformedTrailers());
    assertEquals(":status is missing", reader.malformedHead());
    assertEquals(Status.unknown("the server ended the call without grpc-status"), reader.status());
    assertEquals(-1, reader.contentLength());
    read("GRPC");
    assertEquals(ResponseHeaders.of(""), reader.headers());
    read("grpc-status=5");
    assertEquals(Status.of(StatusCode.NOT_FOUND, ""), reader.status());
  }

  @Test
  void aFieldOfTheStatusIsNoMetadata() {
    read("grpc-status=5 | grpc-message=m | grpc-status-details-bin=YQ | grpc-message-type=t");
    assertTrue(reader.custom().isEmpty());
  }
}
