/**
 * The JSON of service configs as plugins read it: {@link grpc.spi.config.JsonObject}.
 *
 * <p>The kernel parses the text. Resolvers and parents that have a configuration in another form
 * make the object by {@link grpc.spi.config.JsonObject#of}.
 */
@org.jspecify.annotations.NullMarked
package grpc.spi.config;
