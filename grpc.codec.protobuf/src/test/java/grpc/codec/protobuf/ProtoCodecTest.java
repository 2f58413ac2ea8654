package grpc.codec.protobuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.JavaFeaturesProto.JavaFeatures;
import com.google.protobuf.StringValue;
import grpc.codec.protobuf.rpc.Status;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Marshaller;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class ProtoCodecTest {
  private static final Status STATUS =
      Status.newBuilder().setCode(5).setMessage("no such room").build();

  private final Marshaller<Status> marshaller = new ProtoCodec().marshaller(Status.class);

  @Test
  void theModuleProvidesTheCodecNamedProto() {
    ProtoCodec.class.getModule().addUses(Codec.class);
    var codecs = ServiceLoader.load(ProtoCodec.class.getModule().getLayer(), Codec.class);
    assertTrue(
        codecs.stream()
            .anyMatch(c -> c.type() == ProtoCodec.class && c.get().name().equals("proto")));
  }

  @Test
  void aMessageSurvivesTheWire() {
    assertEquals(STATUS, marshaller.unmarshal(marshaller.marshal(STATUS)));
  }

  @Test
  void theArrayIsExactlySized() {
    var bytes = marshaller.marshal(STATUS);
    assertEquals(STATUS.getSerializedSize(), bytes.array().length);
    assertEquals(bytes.array().length, bytes.remaining());
  }

  @Test
  void noBytesAreTheDefaultMessage() {
    assertEquals(Status.getDefaultInstance(), marshaller.unmarshal(ByteBuffer.allocate(0)));
  }

  @Test
  void onlyTheBytesFromPositionToLimitAreRead() {
    var around = ByteBuffer.allocate(100);
    around.position(7).put(STATUS.toByteArray()).flip().position(7);
    assertEquals(STATUS, marshaller.unmarshal(around));
    assertEquals(STATUS, marshaller.unmarshal(around.slice()));
    var direct = ByteBuffer.allocateDirect(100).put(STATUS.toByteArray()).flip();
    assertEquals(STATUS, marshaller.unmarshal(direct));
  }

  @Test
  void bytesFieldsAreParsedInPlace() {
    var values = new ProtoCodec().marshaller(BytesValue.class);
    var bytes = values.marshal(BytesValue.of(ByteString.copyFromUtf8("abc")));
    var value = values.unmarshal(bytes).getValue();
    bytes.array()[bytes.array().length - 1] = 'x';
    assertEquals("abx", value.toStringUtf8());
  }

  @Test
  void bytesThatAreNoMessageSayOfWhichType() {
    for (byte[] bad : new byte[][] {{0x08}, {0x12, 5, 'a'}, {0x0c}, {0x00}}) {
      var thrown =
          assertThrows(
              UncheckedIOException.class, () -> marshaller.unmarshal(ByteBuffer.wrap(bad)));
      assertInstanceOf(InvalidProtocolBufferException.class, thrown.getCause());
      assertTrue(
          thrown
              .getMessage()
              .startsWith(bad.length + " bytes are no grpc.codec.protobuf.rpc.Status"),
          thrown.getMessage());
    }
  }

  @Test
  void aClassThatIsNoMessageIsRefused() {
    var thrown =
        assertThrows(
            IllegalArgumentException.class, () -> new ProtoCodec().marshaller(String.class));
    assertEquals(
        "codec proto cannot carry java.lang.String (expected: a class that protoc generated)",
        thrown.getMessage());
  }

  @Test
  void aMessageThatWasNotGeneratedIsRefused() {
    var thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ProtoCodec().marshaller(DynamicMessage.class));
    assertTrue(
        thrown
            .getMessage()
            .startsWith("codec proto cannot make a com.google.protobuf.DynamicMessage"),
        thrown.getMessage());
  }

  /** A message of protobuf's own that has extensions. */
  @Test
  void extensionsAreReadByACodecThatKnowsThem() {
    var unused = DescriptorProtos.getDescriptor(); // JavaFeaturesProto is not made before it
    var features = JavaFeatures.newBuilder().setLargeEnum(true).build();
    var set = FeatureSet.newBuilder().setExtension(JavaFeaturesProto.java_, features).build();
    var options = MessageOptions.newBuilder().setFeatures(set).build();
    var registry = ExtensionRegistry.newInstance();
    registry.add(JavaFeaturesProto.java_);

    var found = roundTrip(new ProtoCodec(registry), options).getFeatures();
    assertEquals(features, found.getExtension(JavaFeaturesProto.java_));
    var unknown = roundTrip(new ProtoCodec(), options).getFeatures();
    assertFalse(unknown.hasExtension(JavaFeaturesProto.java_));
    assertTrue(unknown.getUnknownFields().hasField(JavaFeaturesProto.java_.getNumber()));
  }

  private static MessageOptions roundTrip(ProtoCodec codec, MessageOptions message) {
    var marshaller = codec.marshaller(MessageOptions.class);
    return marshaller.unmarshal(marshaller.marshal(message));
  }

  @Test
  void toStringReflectsOnTheGeneratedTypes() {
    var rich = STATUS.toBuilder().addDetails(Any.pack(StringValue.of("x"))).build();
    assertNotEquals("", rich.toString());
    assertTrue(rich.toString().contains("message: \"no such room\""), rich.toString());
    assertTrue(
        rich.toString().contains("type.googleapis.com/google.protobuf.StringValue"),
        rich.toString());
  }
}
