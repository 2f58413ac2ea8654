package interop.faults;

import com.google.protobuf.ByteString;
import interop.proto.Payload;
import interop.proto.ResponseParameters;
import interop.proto.SimpleRequest;
import interop.proto.StreamingInputCallRequest;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.TestServiceClient;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One call of any kind, whose answer must be what was asked for.
 *
 * @param client makes it
 * @param faults told what was wrong with the answer
 */
record Conversation(TestServiceClient client, Consumer<String> faults) {
  private static final int LARGE = 300_000;
  private static final int MESSAGES = 20;

  /** Makes a call of a kind chosen at random. */
  void any(Random random) {
    switch (random.nextInt(5)) {
      case 0 -> unary(random.nextInt(100));
      case 1 -> unary(LARGE);
      case 2 -> responses(random.nextInt(LARGE / MESSAGES));
      case 3 -> requests(random.nextInt(LARGE / MESSAGES));
      default -> talk(random.nextInt(1_000));
    }
  }

  private void unary(int size) {
    var request = SimpleRequest.newBuilder().setPayload(payload(size)).setResponseSize(size);
    check(size, client.unaryCall(request.build()).getPayload().getBody().size());
  }

  private void responses(int size) {
    var request = StreamingOutputCallRequest.newBuilder();
    for (int i = 0; i < MESSAGES; i++) {
      request.addResponseParameters(ResponseParameters.newBuilder().setSize(size));
    }
    int count = 0;
    try (var call = client.streamingOutputCall(request.build())) {
      for (var response : call) {
        check(size, response.getPayload().getBody().size());
        count++;
      }
    }
    if (count != MESSAGES) {
      faults.accept("%d messages and OK (expected: %d)".formatted(count, MESSAGES));
    }
  }

  private void requests(int size) {
    var request = StreamingInputCallRequest.newBuilder().setPayload(payload(size)).build();
    try (var call = client.streamingInputCall()) {
      for (int i = 0; i < MESSAGES; i++) {
        call.send(request);
      }
      check(size * MESSAGES, call.finish().getAggregatedPayloadSize());
    }
  }

  private void talk(int size) {
    var request =
        StreamingOutputCallRequest.newBuilder()
            .setPayload(payload(size))
            .addResponseParameters(ResponseParameters.newBuilder().setSize(size))
            .build();
    try (var call = client.fullDuplexCall()) {
      for (int i = 0; i < MESSAGES && call.send(request); i++) {
        var response = call.receive();
        if (response.isEmpty()) {
          faults.accept("the server ended a conversation with OK");
          return;
        }
        check(size, response.get().getPayload().getBody().size());
      }
      call.halfClose();
      if (call.receive().isPresent()) {
        faults.accept("a message after the last");
      }
    }
  }

  private void check(int expected, int found) {
    if (found != expected) {
      faults.accept("an answer of %d bytes (expected: %d)".formatted(found, expected));
    }
  }

  private static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }
}
