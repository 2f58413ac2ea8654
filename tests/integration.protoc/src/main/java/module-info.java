import org.jspecify.annotations.NullMarked;

/** Stubs of deliberately awkward services, to see them compile and call. */
@NullMarked
module integration.protoc {
  requires static org.jspecify;
  requires transitive com.google.protobuf;
  requires transitive grpc.api;

  exports integration.protoc.bare to
      com.google.protobuf; // which reflects on messages: this is enough
  exports integration.protoc.edition;
  exports integration.protoc.edition2024;
  exports integration.protoc.edition2024.imported;
  exports integration.protoc.edition2026;
  exports integration.protoc.former;
  exports integration.protoc.names;
  exports integration.protoc.single;
  exports integration.protoc.tricky;
  exports integration.protoc.wayout;
}
