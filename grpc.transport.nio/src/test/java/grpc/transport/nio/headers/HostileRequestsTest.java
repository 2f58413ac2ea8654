package grpc.transport.nio.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.transport.RequestHeaders;
import grpc.transport.nio.hpack.HpackDecoder;
import grpc.transport.nio.hpack.HpackException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Header blocks of a stranger: a reader throws nothing, answers in few words, and forgets them. All
 * accounts of a block are the reader's own, so it has returned to zero when {@code reset} leaves no
 * trace of it.
 */
class HostileRequestsTest {
  private static final long SEED = 9113;
  private static final int ROUNDS = 30_000;
  private static final int SHORT = 300;

  private static final String[] NAMES = {
    ":method",
    ":scheme",
    ":path",
    ":authority",
    ":status",
    "te",
    "content-type",
    "content-length",
    "grpc-timeout",
    "grpc-encoding",
    "grpc-accept-encoding",
    "host",
    "connection",
    "user-agent",
    "a",
    "a-bin",
    "grpc-status-details-bin",
    "",
  };

  private static final String[] VALUES = {
    "POST",
    "GET",
    "CONNECT",
    "http",
    "/a.B/C",
    "/",
    "trailers",
    "application/grpc",
    "1S",
    "5",
    "application/grpc+proto",
    "99999999H",
    "gzip",
    "YQ==",
    "YQ,!",
    ",",
    "",
    "\0",
    "\u00ff",
  };

  private final RequestReader reader = new RequestReader();
  private final Random random = new Random(SEED);

  private static final String[][] GOOD = {
    {":method", "POST"},
    {":scheme", "http"},
    {":path", "/a.B/C"},
    {"content-type", "application/grpc"},
  };

  /** Fields in any order; half of the blocks begin with those of a good one. */
  @Test
  void anyFields() {
    int accepted = 0;
    int malformed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      reader.reset();
      if (random.nextBoolean()) {
        good();
      }
      for (int i = random.nextInt(6); i > 0; i--) {
        String name = one(NAMES);
        if (random.nextInt(10) == 0) {
          reader.malformedValue(name);
        }
        reader.header(name, one(VALUES), random.nextBoolean());
      }
      switch (judge(round)) {
        case ParsedRequest.Accepted _ -> accepted++;
        case ParsedRequest.Malformed _ -> malformed++;
        case ParsedRequest.Foreign _, ParsedRequest.Declined _ -> {}
      }
    }
    assertTrue(accepted > ROUNDS / 20, accepted + " accepted");
    assertTrue(malformed > ROUNDS / 20, malformed + " malformed");
    leavesNoTrace();
  }

  /** Any bytes as a block in any pieces, by way of the decoder. */
  @Test
  void anyBytes() {
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      var decoder = new HpackDecoder(4096, 8192);
      var bytes = new byte[random.nextInt(80)];
      for (int i = 0; i < bytes.length; i++) { // indexed fields of the static table, mostly
        boolean any = random.nextInt(20) == 0;
        bytes[i] = (byte) (any ? random.nextInt(256) : 0x80 | 1 + random.nextInt(61));
      }
      reader.reset();
      try {
        for (int at = 0; at < bytes.length; ) {
          int length = Math.min(bytes.length - at, 1 + random.nextInt(20));
          decoder.decode(ByteBuffer.wrap(bytes, at, length), reader);
          at += length;
        }
        decoder.endHeaders();
        read++;
      } catch (HpackException e) {
        assertTrue(String.valueOf(e.getMessage()).length() < SHORT);
      }
      judge(round);
    }
    assertTrue(read > ROUNDS / 20, read + " blocks");
    leavesNoTrace();
  }

  private String one(String[] of) {
    if (random.nextInt(10) > 0) {
      return of[random.nextInt(of.length)];
    }
    var any = new char[random.nextInt(2_000)];
    for (int i = 0; i < any.length; i++) {
      any[i] = (char) random.nextInt(256); // Latin-1, as the decoder has it
    }
    return new String(any);
  }

  private void good() {
    for (String[] field : GOOD) {
      reader.header(field[0], field[1], false);
    }
  }

  private ParsedRequest judge(int round) {
    var parsed = reader.finish();
    assertTrue(reader.malformedTrailers().length() < SHORT, "round " + round);
    assertTrue(reader.contentLength() >= -1, "round " + round);
    assertTrue(reader.size() >= 0, "round " + round);
    String words =
        switch (parsed) {
          case ParsedRequest.Accepted(RequestHeaders headers) -> {
            assertTrue(headers.timeoutNanos() >= 0, "round " + round);
            yield "";
          }
          case ParsedRequest.Declined declined -> declined.status().message();
          case ParsedRequest.Malformed(String reason) -> reason;
          case ParsedRequest.Foreign foreign -> foreign.toString();
        };
    assertTrue(words.length() < SHORT, "round " + round + ": " + words);
    return parsed;
  }

  private void leavesNoTrace() {
    reader.reset();
    good();
    assertEquals(
        new ParsedRequest.Accepted(RequestHeaders.of("/a.B/C", "")),
        reader.finish(),
        "what went before is forgotten");
    assertEquals(RequestHeaders.IDENTITY.length(), reader.size());
    assertEquals(-1, reader.contentLength());
  }
}
