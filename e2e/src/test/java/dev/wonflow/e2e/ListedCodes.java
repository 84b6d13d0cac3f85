package dev.wonflow.e2e;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The list of Toss's codes as payment-service was built with it, asked and not copied. */
final class ListedCodes {

    private static final String LIST = "dev.wonflow.payment.gateway.toss.TossCodes";
    private static final String OPERATION = "dev.wonflow.payment.gateway.Operation";

    private ListedCodes() {}

    /** The calls that have a list. */
    static List<String> operations() {
        return read((_, operations) ->
                Stream.of(operations.getEnumConstants()).map(Object::toString).toList());
    }

    /** What each code that is listed for an operation says about a call. */
    static Map<String, String> of(String operation) {
        return read((list, operations) -> {
            Object wanted = Stream.of(operations.getEnumConstants())
                    .filter(constant -> constant.toString().equals(operation))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("operation: " + operation + " (expected: one of "
                            + Arrays.toString(operations.getEnumConstants()) + ")"));
            Method listed = accessible(list.getDeclaredMethod("listed", operations));
            Method meaning = accessible(list.getDeclaredMethod("meaning", operations, String.class));
            Map<String, String> meanings = new TreeMap<>();
            for (Object code : (Set<?>) listed.invoke(null, wanted)) {
                meanings.put(code.toString(), meaning.invoke(null, wanted, code).toString());
            }
            return meanings;
        });
    }

    private interface Reading<T> {

        T of(Class<?> list, Class<?> operations) throws ReflectiveOperationException;
    }

    private static <T> T read(Reading<T> reading) {
        Path classes = Path.of(System.getProperty("wonflow.root"), "payment-service/target/classes")
                .toAbsolutePath()
                .normalize();
        try (URLClassLoader service =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            return reading.of(service.loadClass(LIST), service.loadClass(OPERATION));
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(LIST + ": not readable in " + classes + " (expected: built before)", e);
        }
    }

    private static Method accessible(Method method) {
        method.setAccessible(true);
        return method;
    }
}
