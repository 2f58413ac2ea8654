package examples.guide;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import examples.guide.proto.BadField;
import examples.guide.proto.GreeterClient;
import examples.guide.proto.GreeterService;
import examples.guide.proto.HelloReply;
import examples.guide.proto.HelloRequest;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import grpc.codec.protobuf.RichStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Both sides of a call that fails. */
final class Errors {
  static final MetadataKey<String> SHARD = MetadataKey.text("x-shard");

  private Errors() {}

  /** Knows only Ada. */
  static final class Strict implements GreeterService {
    @Override
    public HelloReply sayHello(HelloRequest request) {
      if (request.getName().isEmpty()) {
        throw invalid("name", "a name to greet").asException();
      }
      if (request.getName().equals("Lost")) {
        throw lost();
      }
      if (!request.getName().equals("Ada")) {
        throw Status.notFound("name \"" + request.getName() + "\" (expected: Ada)").asException();
      }
      return HelloReply.newBuilder().setMessage("Hello, Ada").build();
    }
  }

  static StatusException lost() {
    return new StatusException(Status.unavailable("shard 7 is moving"), Metadata.of(SHARD, "7"));
  }

  static Status invalid(String field, String expected) {
    var detail = BadField.newBuilder().setField(field).setExpected(expected).build();
    return RichStatus.status(
        grpc.codec.protobuf.rpc.Status.newBuilder()
            .setCode(StatusCode.INVALID_ARGUMENT.number())
            .setMessage(field + ": not valid")
            .addDetails(Any.pack(detail))
            .build());
  }

  static Optional<String> greeting(GreeterClient greeter, HelloRequest request) {
    try {
      return Optional.of(greeter.sayHello(request).getMessage());
    } catch (StatusException e) {
      switch (e.code()) {
        case NOT_FOUND -> {
          return Optional.empty();
        }
        case UNAVAILABLE -> IO.println("shard " + e.trailers().find(SHARD).orElse("unknown"));
        default -> IO.println(e.status().message());
      }
      throw e;
    }
  }

  static List<BadField> badFields(StatusException e) throws InvalidProtocolBufferException {
    var fields = new ArrayList<BadField>();
    var rich = RichStatus.of(e);
    if (rich.isPresent()) {
      for (var detail : rich.get().getDetailsList()) {
        if (detail.is(BadField.class)) {
          fields.add(detail.unpack(BadField.class));
        }
      }
    }
    return fields;
  }
}
