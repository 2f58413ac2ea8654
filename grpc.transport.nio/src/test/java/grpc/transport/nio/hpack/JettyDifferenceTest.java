package grpc.transport.nio.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.junit.jupiter.api.Test;

/** Random field lists go through Jetty's encoder into our decoder, and the other way round. */
final class JettyDifferenceTest {
  private static final int ROUNDS = 5000;

  private final Random random = new Random(12);

  @Test
  void jettyReadsWhatWeWrite() throws Exception {
    for (int tableSize : new int[] {4096, 256, 0, 16_384}) {
      var encoder = new HpackEncoder(65_536);
      encoder.setMaxTableSize(tableSize);
      var jetty = new org.eclipse.jetty.http2.hpack.HpackDecoder(1 << 20, System::nanoTime);
      jetty.setMaxTableCapacity(tableSize);
      var out = ByteBuffer.allocate(65_536);
      for (int round = 0; round < ROUNDS; round++) {
        List<String[]> fields = randomFields();
        if (round % 100 == 50) {
          resize(encoder, jetty, tableSize);
        }
        encoder.beginBlock(out.clear());
        for (String[] field : fields) {
          write(encoder, out, field);
        }
        List<String> read = new ArrayList<>();
        for (HttpField field : jetty.decode(out.flip()).getHttpFields()) {
          read.add(field.getName() + ": " + field.getValue());
        }
        assertEquals(lines(fields), read);
      }
    }
  }

  @Test
  void weReadWhatJettyWrites() throws Exception {
    for (int tableSize : new int[] {4096, 256, 0, 16_384}) {
      var jetty = new org.eclipse.jetty.http2.hpack.HpackEncoder();
      jetty.setMaxTableCapacity(tableSize);
      jetty.setTableCapacity(tableSize);
      var decoder = new HpackDecoder(Math.max(tableSize, 4096), 1 << 20);
      var out = ByteBuffer.allocate(65_536);
      for (int round = 0; round < ROUNDS; round++) {
        List<String[]> fields = randomFields();
        HttpFields.Mutable sent = HttpFields.build();
        for (String[] field : fields) {
          sent.add(new HttpField(field[0], field[1]));
        }
        jetty.encode(out.clear(), new MetaData(HttpVersion.HTTP_2, sent));
        List<String> read = new ArrayList<>();
        HeaderSink sink = (name, value, neverIndexed) -> read.add(name + ": " + value);
        out.flip();
        int cut = random.nextInt(out.limit() + 1);
        decoder.decode(out.slice(0, cut), sink);
        decoder.decode(out.slice(cut, out.limit() - cut), sink);
        decoder.endHeaders();
        assertEquals(lines(fields), read);
      }
    }
  }

  private void resize(
      HpackEncoder encoder, org.eclipse.jetty.http2.hpack.HpackDecoder jetty, int most) {
    encoder.setMaxTableSize(random.nextInt(most + 1));
    int settled = random.nextInt(most + 1);
    encoder.setMaxTableSize(settled);
    jetty.setMaxTableCapacity(most);
  }

  private void write(HpackEncoder encoder, ByteBuffer out, String[] field) {
    switch (random.nextInt(7)) {
      case 3 -> encoder.encode(out, field[0], field[1], Indexing.INDEX_NAME);
      case 0 -> encoder.encode(out, field[0], field[1], Indexing.NO_INDEX);
      case 1 -> encoder.encode(out, field[0], field[1], Indexing.NEVER_INDEX);
      case 2 -> encoder.encode(out, HpackField.of(field[0], field[1]));
      default -> encoder.encode(out, field[0], field[1], Indexing.INDEX);
    }
  }

  private List<String[]> randomFields() {
    var fields = new ArrayList<String[]>();
    for (int i = random.nextInt(12); i > 0; i--) {
      String name =
          switch (random.nextInt(4)) {
            case 0 -> "user-agent";
            case 1 -> "grpc-status";
            default -> "x-" + random.nextInt(30);
          };
      String value =
          random.nextInt(3) == 0
              ? randomText(random.nextInt(8) == 0 ? 600 : 40)
              : "v" + random.nextInt(5);
      fields.add(new String[] {name, value});
    }
    return fields;
  }

  private String randomText(int most) {
    var text = new StringBuilder("t");
    for (int i = random.nextInt(most); i > 0; i--)
      text.append((char) (0x21 + random.nextInt(0x5e)));
    return text.toString();
  }

  private static List<String> lines(List<String[]> fields) {
    return fields.stream().map(field -> field[0] + ": " + field[1]).toList();
  }
}
