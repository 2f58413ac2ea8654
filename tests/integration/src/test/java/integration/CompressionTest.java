package integration;

import static integration.PluginsThatThrowTest.found;
import static org.junit.jupiter.api.Assertions.assertEquals;

import grpc.api.BidiStreamingCall;
import grpc.api.CallContext;
import grpc.api.CallOptions;
import grpc.api.ChannelCredentials;
import grpc.api.MethodDescriptor;
import grpc.api.Server;
import grpc.api.ServerCredentials;
import grpc.api.ServiceDefinition;
import grpc.kernel.GrpcChannel;
import grpc.kernel.GrpcRuntime;
import grpc.kernel.GrpcServer;
import grpc.spi.codec.Codec;
import grpc.spi.codec.Compressor;
import grpc.spi.observe.CallObserver;
import grpc.spi.observe.Observer;
import grpc.spi.transport.TransportProvider;
import grpc.transport.inprocess.InProcessAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which messages are compressed, as their sizes on the wire tell the client. */
@Timeout(20)
class CompressionTest implements Observer, CallObserver {
  private static final CallOptions GZIP = CallOptions.DEFAULT.withCompressor("gzip");
  private static final byte[] MESSAGE = new byte[10_000];
  private static final byte[] ANSWERED_AS_IT_IS = new byte[5_000];

  private final List<Boolean> sent = new CopyOnWriteArrayList<>();
  private final List<Boolean> received = new CopyOnWriteArrayList<>();
  private final InProcessAddress address = InProcessAddress.unique();
  private final Server server =
      GrpcServer.builder()
          .listen(address, ServerCredentials.plaintext())
          .service(
              ServiceDefinition.builder("test.Echo")
                  .unary(
                      Echo.UNARY,
                      encoding -> {
                        CallContext.CURRENT.get().compressor(Echo.text(encoding));
                        return MESSAGE;
                      })
                  .bidiStreaming(
                      Echo.CHAT,
                      (requests, responses) -> {
                        for (var request : requests) {
                          boolean compress = request.length != ANSWERED_AS_IT_IS.length;
                          CallContext.CURRENT.get().compressMessages(compress);
                          responses.send(request);
                        }
                      })
                  .build())
          .start();
  private final GrpcChannel channel =
      GrpcChannel.builder(address, ChannelCredentials.plaintext()).observe(this).open();

  @AfterEach
  void close() {
    channel.close();
    server.close();
  }

  @Override
  public String name() {
    return "sizes";
  }

  @Override
  public CallObserver clientCall(MethodDescriptor<?, ?> method, String target) {
    return this;
  }

  @Override
  public void messageSent(int bytes, int wireBytes) {
    sent.add(wireBytes < bytes);
  }

  @Override
  public void messageReceived(int bytes, int wireBytes) {
    received.add(wireBytes < bytes);
  }

  private static void echo(BidiStreamingCall<byte[], byte[]> chat, byte[] message) {
    chat.send(message);
    assertEquals(message.length, chat.receive().orElseThrow().length);
  }

  @Test
  void responsesAreCompressedWhereTheirRequestIs() {
    for (var options : List.of(GZIP, CallOptions.DEFAULT)) {
      try (var chat = channel.bidiStreaming(Echo.CHAT, options)) {
        echo(chat, MESSAGE);
      }
    }
    assertEquals(List.of(true, false), sent);
    assertEquals(List.of(true, false), received);
  }

  /** A runtime that has these compressors and no other. */
  private static GrpcRuntime runtime(String... encodings) {
    var builder =
        GrpcRuntime.builder()
            .add(PluginsThatThrowTest.pickFirst())
            .add(found(TransportProvider.class, TransportProvider::name, "inprocess"))
            .add(found(Codec.class, Codec::name, "raw"));
    for (String encoding : encodings) {
      builder.add(found(Compressor.class, Compressor::encoding, encoding));
    }
    return builder.build();
  }

  @Test
  void handlersChoiceHoldsWhereTheClientTakesIt() {
    for (var runtime : List.of(runtime(), runtime("deflate"), runtime("deflate", "gzip"))) {
      try (var client =
          GrpcChannel.builder(address, ChannelCredentials.plaintext())
              .runtime(runtime)
              .observe(this)
              .open()) {
        var response = client.unary(Echo.UNARY, Echo.bytes("gzip"), CallOptions.DEFAULT);
        assertEquals(MESSAGE.length, response.message().length);
      }
    }
    assertEquals(List.of(false, false, true), received);
  }

  @Test
  void bothSidesMayExceptSingleMessages() {
    try (var chat = channel.bidiStreaming(Echo.CHAT, GZIP)) {
      echo(chat, MESSAGE);
      chat.compressMessages(false);
      echo(chat, MESSAGE);
      chat.compressMessages(true);
      echo(chat, ANSWERED_AS_IT_IS);
      echo(chat, MESSAGE);
    }
    assertEquals(List.of(true, false, true, true), sent);
    assertEquals(List.of(true, true, false, true), received);
  }
}
