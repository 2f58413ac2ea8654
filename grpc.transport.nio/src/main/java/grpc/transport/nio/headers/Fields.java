package grpc.transport.nio.headers;

import grpc.api.Metadata;
import grpc.spi.transport.MetadataFields;
import grpc.transport.nio.hpack.HpackEncoder;
import grpc.transport.nio.hpack.HpackField;
import grpc.transport.nio.hpack.Indexing;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The fields of every call, made once, and the conversion of metadata to fields. */
final class Fields {
  static final HpackField METHOD_POST = HpackField.of(":method", "POST");
  static final HpackField SCHEME_HTTP = HpackField.of(":scheme", "http");
  static final HpackField TE_TRAILERS = HpackField.of("te", "trailers");
  static final HpackField STATUS_200 = HpackField.of(":status", "200");

  private static final String CONTENT_TYPE = "application/grpc";

  /** The most distinct values to keep as templates; others are encoded anew each time. */
  private static final int MAX_TEMPLATES = 1024;

  /** The overhead of a field beside its name and value (RFC 9113 §6.5.2). */
  private static final int FIELD_OVERHEAD = 32;

  /**
   * The longest value to index: a longer one would push too many entries out of a table of 4 KiB.
   */
  private static final int MAX_INDEXED = 256;

  private static final ConcurrentMap<String, HpackField> PATHS = new ConcurrentHashMap<>();
  private static final ConcurrentMap<String, HpackField> AUTHORITIES = new ConcurrentHashMap<>();
  private static final ConcurrentMap<String, HpackField> USER_AGENTS = new ConcurrentHashMap<>();
  private static final ConcurrentMap<String, HpackField> CONTENT_TYPES = new ConcurrentHashMap<>();
  private static final ConcurrentMap<String, HpackField> ENCODINGS = new ConcurrentHashMap<>();
  private static final ConcurrentMap<String, HpackField> ACCEPTED = new ConcurrentHashMap<>();

  private Fields() {}

  static HpackField path(String path) {
    return template(PATHS, ":path", path);
  }

  static HpackField authority(String authority) {
    return template(AUTHORITIES, ":authority", authority);
  }

  static HpackField userAgent(String userAgent) {
    return template(USER_AGENTS, "user-agent", userAgent);
  }

  /** {@return the field for a content-subtype; empty means plain {@code application/grpc}} */
  static HpackField contentType(String subtype) {
    HpackField known = CONTENT_TYPES.get(subtype);
    if (known != null) {
      return known;
    }
    var made =
        HpackField.of(
            "content-type", subtype.isEmpty() ? CONTENT_TYPE : CONTENT_TYPE + "+" + subtype);
    if (CONTENT_TYPES.size() < MAX_TEMPLATES) {
      CONTENT_TYPES.put(subtype, made);
    }
    return made;
  }

  static HpackField encoding(String encoding) {
    return template(ENCODINGS, "grpc-encoding", encoding);
  }

  static HpackField acceptEncoding(String encodings) {
    return template(ACCEPTED, "grpc-accept-encoding", encodings);
  }

  private static HpackField template(
      ConcurrentMap<String, HpackField> templates, String name, String value) {
    HpackField known = templates.get(value);
    if (known != null) {
      return known;
    }
    var made = HpackField.of(name, value);
    if (templates.size() < MAX_TEMPLATES) {
      templates.put(value, made);
    }
    return made;
  }

  /** {@return the most bytes that {@link #encode} needs for this metadata} */
  static int bound(Metadata metadata) {
    int bound = 0;
    for (int i = 0; i < metadata.size(); i++) {
      String name = MetadataFields.name(metadata, i);
      bound +=
          MetadataFields.isBinary(metadata, i)
              ? HpackEncoder.maxEncodedSize(name, "")
                  + (MetadataFields.bytes(metadata, i).length + 2) / 3 * 4
              : HpackEncoder.maxEncodedSize(name, MetadataFields.text(metadata, i));
    }
    return bound;
  }

  static int listSize(String name, int valueLength) {
    return name.length() + valueLength + FIELD_OVERHEAD;
  }

  static void encode(HpackEncoder encoder, ByteBuffer out, Metadata metadata) {
    for (int i = 0; i < metadata.size(); i++) {
      String name = MetadataFields.name(metadata, i);
      if (MetadataFields.isReserved(name)) {
        continue;
      }
      if (MetadataFields.isBinary(metadata, i)) {
        var bytes = MetadataFields.bytes(metadata, i);
        encoder.encode(out, name, BinaryMetadata.encode(bytes), Indexing.NO_INDEX);
      } else {
        String value = MetadataFields.text(metadata, i);
        encoder.encode(out, name, value, indexing(name, value));
      }
    }
  }

  private static Indexing indexing(String name, String value) {
    return switch (name) {
      case "authorization", "proxy-authorization", "cookie", "set-cookie" -> Indexing.NEVER_INDEX;
      default -> value.length() > MAX_INDEXED ? Indexing.NO_INDEX : Indexing.INDEX;
    };
  }
}
