/** grpc-java under the same load as Tenon, each in a process of its own. */
@NullMarked
package benchmarks.rivals;

import org.jspecify.annotations.NullMarked;
