package grpc.transport.nio.hpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import grpc.transport.nio.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Header lists of real sites as a dozen encoders sent them (the hpack-test-case collection). */
final class HpackVectorsTest {
  @Test
  void everyStoryOfEveryEncoderIsDecoded() throws IOException, HpackException {
    int blocks = 0;
    for (Path story : SharedData.jsonFiles("hpack")) {
      if (story.getParent().endsWith("raw-data")) {
        continue;
      }
      blocks += decode(story);
    }
    assertTrue(blocks > 5000, "blocks: " + blocks);
  }

  @Test
  void everyStorySurvivesOurEncoder() throws IOException, HpackException {
    for (Path story : SharedData.jsonFiles("hpack/raw-data")) {
      survive(story, new HpackEncoder(4096), new HpackDecoder(4096, 1 << 20));
      survive(story, new HpackEncoder(0), new HpackDecoder(4096, 1 << 20));
      survive(story, new HpackEncoder(300), new HpackDecoder(4096, 1 << 20));
    }
  }

  private static int decode(Path story) throws IOException, HpackException {
    JsonArray cases = cases(story);
    var decoder = new HpackDecoder(4096, 1 << 20);
    for (JsonElement element : cases) {
      JsonObject one = element.getAsJsonObject();
      JsonElement size = one.get("header_table_size");
      if (size != null && !size.isJsonNull()) {
        decoder.setMaxTableSize(size.getAsInt());
      }
      List<String> fields = FieldList.decode(decoder, one.get("wire").getAsString());
      fields.replaceAll(field -> field.startsWith("!") ? field.substring(1) : field);
      assertEquals(fields(one), fields, () -> story + " " + one.get("seqno"));
    }
    return cases.size();
  }

  private static void survive(Path story, HpackEncoder encoder, HpackDecoder decoder)
      throws IOException, HpackException {
    var out = ByteBuffer.allocate(65_536);
    for (JsonElement element : cases(story)) {
      List<String> fields = fields(element.getAsJsonObject());
      encoder.beginBlock(out.clear());
      for (String field : fields) {
        int colon = field.indexOf(": ", 1);
        String value = field.substring(colon + 2);
        encoder.encode(out, field.substring(0, colon), value, Indexing.INDEX);
      }
      assertEquals(fields, FieldList.decode(decoder, out.flip()));
    }
  }

  private static JsonArray cases(Path story) throws IOException {
    return JsonParser.parseString(Files.readString(story))
        .getAsJsonObject()
        .getAsJsonArray("cases");
  }

  private static List<String> fields(JsonObject one) {
    var fields = new ArrayList<String>();
    for (JsonElement element : one.getAsJsonArray("headers")) {
      var field = element.getAsJsonObject().entrySet().iterator().next();
      fields.add(field.getKey() + ": " + field.getValue().getAsString());
    }
    return fields;
  }
}
