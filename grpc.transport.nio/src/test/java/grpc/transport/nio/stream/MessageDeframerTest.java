package grpc.transport.nio.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.StatusCode;
import grpc.spi.transport.Message;
import grpc.transport.nio.stream.MessageDeframer.Malformed;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PROTOCOL-HTTP2, Length-Prefixed-Message: a flag, four bytes of length, so many bytes. */
class MessageDeframerTest {
  private static final int LIMIT = 1000;

  private final MessageDeframer deframer = new MessageDeframer();
  private final Account account = new Account(Integer.MAX_VALUE);

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private Message next(ByteBuffer data) throws Malformed {
    return deframer.next(data, LIMIT, account);
  }

  /** Reads all; a message is {@code flag:hex}. */
  private String read(ByteBuffer data) throws Malformed {
    var seen = new StringBuilder();
    for (var message = next(data); message != null; message = next(data)) {
      var body = new byte[message.payload().remaining()];
      message.payload().get(body);
      seen.append(seen.isEmpty() ? "" : " ")
          .append(message.compressed() ? "1:" : "0:")
          .append(HexFormat.of().formatHex(body));
      account.held -= deframer.takeCounted(message);
    }
    assertFalse(data.hasRemaining(), "all bytes are read");
    return seen.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "00 00000000, 0:",
    "01 00000000, 1:",
    "00 00000001 aa, 0:aa",
    "01 00000003 aabbcc, 1:aabbcc",
    "00 00000001 aa 01 00000002 bbcc 00 00000000 00 00000001 dd, 0:aa 1:bbcc 0: 0:dd",
  })
  void messagesOfOneBuffer(String hex, String messages) throws Malformed {
    assertEquals(messages, read(bytes(hex)));
    assertTrue(deframer.betweenMessages());
    assertEquals(0, account.highest, "messages that are whole at once are not kept");
  }

  /** The same two messages, cut in two at each byte. */
  @ParameterizedTest
  @MethodSource
  void aCutAtAnyByteChangesNothing(int at) throws Malformed {
    var whole = bytes("01 00000003 aabbcc 00 00000001 dd");
    var first = read(whole.slice(0, at));
    var second = read(whole.slice(at, whole.limit() - at));
    assertEquals("1:aabbcc 0:dd", (first + " " + second).trim());
    assertEquals(0, account.held);
  }

  private static IntStream aCutAtAnyByteChangesNothing() {
    return IntStream.rangeClosed(0, 14);
  }

  @Test
  void byteByByte() throws Malformed {
    var whole = bytes("01 00000003 aabbcc 00 00000000 00 00000001 dd");
    var seen = new StringBuilder();
    for (int i = 0; i < whole.limit(); i++) {
      String one = read(whole.slice(i, 1));
      seen.append(one.isEmpty() ? "" : one + "@" + i + " ");
    }
    assertEquals("1:aabbcc@7 0:@12 0:dd@18 ", seen.toString());
    assertEquals(0, account.held);
  }

  @ParameterizedTest
  @CsvSource({
    // read, begun, missing, between messages
    "'',                     0, 0, true",
    "01,                     1, 0, false",
    "01 000000,              4, 0, false",
    "01 00000003,            5, 3, false",
    "01 00000003 aa,         6, 2, false",
    "01 00000003 aabbcc,     0, 0, true",
    "01 00000003 aabbcc 00,  1, 0, false",
  })
  void whatHasBegun(String hex, int begun, int missing, boolean between) throws Malformed {
    read(bytes(hex));
    assertEquals(begun, deframer.begun());
    assertEquals(missing, deframer.missing());
    assertEquals(between, deframer.betweenMessages());
  }

  @ParameterizedTest
  @MethodSource
  void aFlagIs0Or1(int flag) {
    var error =
        assertThrows(
            Malformed.class, () -> next(ByteBuffer.wrap(new byte[] {(byte) flag, 0, 0, 0, 1, 7})));
    assertEquals(StatusCode.INTERNAL, error.status().code());
    assertEquals("message flag " + flag + " (expected: 0 or 1)", error.status().message());
    assertEquals(0, account.held);
  }

  private static IntStream aFlagIs0Or1() {
    return IntStream.rangeClosed(2, 255);
  }

  @ParameterizedTest
  @CsvSource({
    "00 000003e9, 1001",
    "01 000003e9, 1001",
    "00 7fffffff, 2147483647",
    "00 80000000, 2147483648", // the top bit is no sign
    "00 ffffffff, 4294967295",
  })
  void aLengthBeyondTheLimitIsRefused(String hex, String length) {
    for (int cut = 0; cut < 5; cut++) { // wherever the prefix is cut
      var fresh = new MessageDeframer();
      int at = cut;
      var error =
          assertThrows(
              Malformed.class,
              () -> {
                assertNull(fresh.next(bytes(hex).slice(0, at), LIMIT, account));
                fresh.next(bytes(hex).slice(at, 5 - at), LIMIT, account);
              });
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, error.status().code());
      assertEquals(
          "request message: "
              + length
              + " bytes (expected: at most 1000, the server's limit: its operator can raise"
              + " maxReceiveMessageSize of GrpcServerBuilder)",
          error.status().message());
      assertEquals(0, account.held, "a claim costs no memory");
    }
  }

  @Test
  void aMessageOfTheLimitIsRead() throws Malformed {
    var data = ByteBuffer.allocate(5 + LIMIT).put((byte) 0).putInt(LIMIT).rewind();
    var message = next(data);
    assertNotNull(message);
    assertEquals(LIMIT, message.payload().remaining());
  }

  /** A message of 1000 bytes of which so many came is kept in eight times as many, at most. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 8", "2, 16", "100, 800", "124, 992", "125, 1000", "999, 1000"})
  void aClaimIsBelievedEightfold(int came, int held) throws Malformed {
    assertNull(next(prefixAnd(came)));
    assertEquals(held, account.held);
    deframer.drop(account);
    assertEquals(0, account.held);
    deframer.drop(account); // and again, for nothing
  }

  private static ByteBuffer prefixAnd(int came) {
    return ByteBuffer.allocate(5 + came).put((byte) 0).putInt(LIMIT).rewind();
  }

  @Test
  void whoTakesAMessageOwesWhatWasCounted() throws Malformed {
    assertNull(next(prefixAnd(1)));
    assertEquals(8, account.held);
    assertNull(next(ByteBuffer.allocate(8)));
    assertEquals(72, account.held);
    var message = next(ByteBuffer.allocate(LIMIT - 9));
    assertNotNull(message);
    assertEquals(LIMIT, account.held, "the array as it was last");
    assertEquals(LIMIT, deframer.takeCounted(message));
    assertEquals(0, deframer.takeCounted(message), "once");
    deframer.drop(account);
    assertEquals(LIMIT, account.held, "the deframer itself owes nothing");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 71, 72, 999})
  void whatMayNotBeKeptEndsTheCallAndLeavesTheAccountWhole(int most) {
    var small = new Account(most);
    assertThrows(
        Malformed.class,
        () -> {
          assertNull(deframer.next(prefixAnd(1), LIMIT, small));
          assertNull(deframer.next(ByteBuffer.allocate(8), LIMIT, small));
          deframer.next(ByteBuffer.allocate(LIMIT - 9), LIMIT, small);
        });
    assertTrue(small.highest <= most);
    deframer.drop(small);
    assertEquals(0, small.held);
  }

  @Test
  void theNextMessageHasAnArrayOfItsOwn() throws Malformed {
    var data = bytes("00 00000002 aabb 00 00000002 ccdd");
    var first = next(data);
    var second = next(data);
    assertNotNull(first);
    assertNotNull(second);
    assertArrayEquals(new byte[] {(byte) 0xaa, (byte) 0xbb}, first.payload().array());
    assertArrayEquals(new byte[] {(byte) 0xcc, (byte) 0xdd}, second.payload().array());
  }
}
