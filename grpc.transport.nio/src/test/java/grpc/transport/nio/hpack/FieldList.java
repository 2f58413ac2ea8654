package grpc.transport.nio.hpack;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the fields of one block as {@code name: value}, secret ones with a {@code !} before,
 * those whose value none may have with a {@code ?}.
 */
final class FieldList implements HeaderSink {
  final List<String> fields = new ArrayList<>();

  private String mark = "";

  @Override
  public void malformedValue(String name) {
    mark = "?";
  }

  @Override
  public void header(String name, String value, boolean neverIndexed) {
    fields.add(mark + (neverIndexed ? "!" : "") + name + ": " + value);
    mark = "";
  }

  /** Decodes a whole block. */
  static List<String> decode(HpackDecoder decoder, ByteBuffer block) throws HpackException {
    var list = new FieldList();
    decoder.decode(block, list);
    decoder.endHeaders();
    return list.fields;
  }

  static List<String> decode(HpackDecoder decoder, String hex) throws HpackException {
    return decode(decoder, Bytes.buffer(hex));
  }
}
