package grpc.transport.nio.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every example of RFC 7541 Appendix C, decoded, and encoded where the choices are ours too. */
final class RfcExamplesTest {
  private final HpackDecoder decoder = new HpackDecoder(4096, 65_536);
  private final HpackDecoder small = new HpackDecoder(256, 65_536);

  @Test
  void integersFollowC1() throws HpackException {
    assertInteger("0a", 5, 10); // C.1.1
    assertInteger("1f9a0a", 5, 1337); // C.1.2
    assertInteger("2a", 8, 42); // C.1.3
  }

  @Test
  void literalsFollowC2() throws HpackException {
    assertEquals(
        List.of("custom-key: custom-header"),
        FieldList.decode(
            decoder, "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"));
    assertEquals(
        List.of(":path: /sample/path"),
        FieldList.decode(decoder, "040c 2f73 616d 706c 652f 7061 7468"));
    assertEquals(
        List.of("!password: secret"),
        FieldList.decode(decoder, "1008 7061 7373 776f 7264 0673 6563 7265 74"));
    assertEquals(List.of(":method: GET"), FieldList.decode(decoder, "82"));
  }

  @Test
  void requestsWithoutHuffmanFollowC3() throws HpackException {
    decodeRequests(
        "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "8286 84be 5808 6e6f 2d63 6163 6865",
        "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65");
  }

  @Test
  void requestsWithHuffmanFollowC4() throws HpackException {
    decodeRequests(REQUESTS);
  }

  @Test
  void requestsAreEncodedAsInC4() {
    var encoder = new HpackEncoder(4096);
    assertEquals(plain(REQUESTS[0]), encode(encoder, FIRST));
    assertEquals(plain(REQUESTS[1]), encode(encoder, SECOND));
    assertEquals(plain(REQUESTS[2]), encode(encoder, THIRD));
  }

  @Test
  void responsesWithoutHuffmanFollowC5() throws HpackException {
    decodeResponses(
        """
        4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133
        2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70
        6c65 2e63 6f6d
        """,
        "4803 3330 37c1 c0bf",
        """
        88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d
        54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049
        5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e
        3d31
        """);
  }

  @Test
  void responsesWithHuffmanFollowC6() throws HpackException {
    decodeResponses(
        """
        4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6
        2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3
        """,
        "4883 640e ffc1 c0bf",
        """
        88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab
        77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f
        9587 3160 65c0 03ed 4ee5 b106 3d50 07
        """);
  }

  private static final String[] REQUESTS = {
    "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
    "8286 84be 5886 a8eb 1064 9cbf",
    "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
  };

  private static final List<String> FIRST =
      List.of(":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
  private static final List<String> SECOND =
      List.of(
          ":method: GET",
          ":scheme: http",
          ":path: /",
          ":authority: www.example.com",
          "cache-control: no-cache");
  private static final List<String> THIRD =
      List.of(
          ":method: GET",
          ":scheme: https",
          ":path: /index.html",
          ":authority: www.example.com",
          "custom-key: custom-value");

  private void decodeRequests(String... blocks) throws HpackException {
    assertEquals(FIRST, FieldList.decode(decoder, blocks[0]));
    assertEquals(SECOND, FieldList.decode(decoder, blocks[1]));
    assertEquals(THIRD, FieldList.decode(decoder, blocks[2]));
  }

  private void decodeResponses(String... blocks) throws HpackException {
    String first = "date: Mon, 21 Oct 2013 20:13:21 GMT";
    String location = "location: https://www.example.com";
    String control = "cache-control: private";
    assertEquals(
        List.of(":status: 302", control, first, location), FieldList.decode(small, blocks[0]));
    assertEquals(
        List.of(":status: 307", control, first, location), FieldList.decode(small, blocks[1]));
    assertEquals(
        List.of(
            ":status: 200",
            control,
            "date: Mon, 21 Oct 2013 20:13:22 GMT",
            location,
            "content-encoding: gzip",
            "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"),
        FieldList.decode(small, blocks[2]));
  }

  private static String encode(HpackEncoder encoder, List<String> fields) {
    var out = ByteBuffer.allocate(512);
    encoder.beginBlock(out);
    for (String field : fields) {
      int colon = field.indexOf(": ", 1);
      encoder.encode(out, field.substring(0, colon), field.substring(colon + 2), Indexing.INDEX);
    }
    return Bytes.hex(out);
  }

  private static void assertInteger(String hex, int prefixBits, int value) throws HpackException {
    var bytes = new FieldBytes(1024);
    bytes.add(Bytes.buffer(hex));
    assertEquals(value, bytes.integer(bytes.next(), prefixBits));
    var out = ByteBuffer.allocate(8);
    Literal.integer(out, 0, prefixBits, value);
    assertEquals(hex, Bytes.hex(out));
  }

  private static String plain(String hex) {
    return hex.replace(" ", "");
  }
}
