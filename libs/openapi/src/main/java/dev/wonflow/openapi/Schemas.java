package dev.wonflow.openapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.generator.impl.DefinitionKey;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import dev.wonflow.web.statement.Field;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas of what is sent and answered: its form from the records, what may be {@code null} from their marks, limits
 * from {@link Field}, and words from the Javadoc.
 */
final class Schemas {

    private static final JsonMapper JSON = new JsonMapper();

    private final Prose prose;
    private final Set<Class<?>> sent;
    private final SchemaGeneratorConfig config;
    private final SchemaBuilder named;

    /**
     * Makes schemas.
     *
     * @param sent the records that callers fill; all others are answered
     */
    Schemas(Prose prose, Set<Class<?>> sent) {
        this.prose = prose;
        this.sent = sent;
        this.config = config();
        this.named = new SchemaGenerator(config).buildMultipleSchemaDefinitions();
    }

    /** A reference to a schema that {@link #definitions} has, or a schema. */
    ObjectNode of(Type type) {
        return named.createSchemaReference(type);
    }

    /** The fields of a record, each with its schema. */
    ObjectNode fields(Class<?> type) {
        return (ObjectNode) new SchemaGenerator(config).generateSchema(type).get("properties");
    }

    ObjectNode definitions() {
        ObjectNode definitions = named.collectDefinitions("components/schemas");
        definitions.forEach(definition -> {
            // Beside other rules a reference is passed over by tools that know the older drafts.
            JsonNode reference = ((ObjectNode) definition).remove("$ref");
            if (reference != null) {
                ((ObjectNode) definition).withArray("allOf").addObject().set("$ref", reference);
            }
        });
        return definitions;
    }

    private SchemaGeneratorConfig config() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.EXTRA_OPEN_API_FORMAT_VALUES,
                        Option.INLINE_NULLABLE_SCHEMAS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        builder.forTypesInGeneral()
                // As they are declared.
                .withPropertySorter((_, _) -> 0)
                .withDefinitionNamingStrategy(new Names())
                .withDescriptionResolver(this::aboutType)
                .withTypeAttributeOverride(Schemas::leaveWordsOpen)
                .withTypeAttributeOverride(Schemas::addUnwrapped);
        builder.forFields()
                .withIgnoreCheck(field -> field.getRawMember().isAnnotationPresent(JsonUnwrapped.class))
                .withRequiredCheck(this::isAlwaysThere)
                .withNullableCheck(this::isNullable)
                .withDescriptionResolver(this::aboutField)
                .withInstanceAttributeOverride(this::addStatements);
        return builder.build();
    }

    private boolean isAlwaysThere(FieldScope field) {
        return isSent(field) ? stated(field).required() : true;
    }

    private boolean isNullable(FieldScope field) {
        return component(field).getAnnotatedType().isAnnotationPresent(Nullable.class)
                && !(isSent(field) && stated(field).required());
    }

    private boolean isSent(FieldScope field) {
        return sent.contains(field.getRawMember().getDeclaringClass());
    }

    private @Nullable String aboutType(TypeScope scope) {
        Class<?> type = scope.getType().getErasedType();
        return type.isRecord() ? text(prose.ofType(type).whole()) : null;
    }

    private @Nullable String aboutField(FieldScope field) {
        if (field.isFakeContainerItemScope()) {
            return null;
        }
        String about = prose.ofType(field.getRawMember().getDeclaringClass())
                .parameters()
                .getOrDefault(field.getName(), "");
        return text(about.isEmpty() ? "" : about.substring(0, 1).toUpperCase(Locale.ROOT) + about.substring(1));
    }

    private void addStatements(ObjectNode schema, FieldScope field, SchemaGenerationContext context) {
        if (field.isFakeContainerItemScope()) {
            return;
        }
        Field stated = stated(field);
        limit(schema, component(field).getType(), stated);
        if (stated.won()) {
            schema.put("x-unit", "KRW");
        }
        if (!stated.only().isEmpty()) {
            schema.put("const", stated.only());
        }
        List<String> words = words(stated);
        if (!words.isEmpty()) {
            words.forEach(schema.withArray(isSent(field) ? "enum" : "examples")::add);
        } else if (!stated.example().isEmpty()) {
            schema.withArray("examples").add(example(component(field).getType(), stated.example()));
        }
    }

    private static List<String> words(Field stated) {
        return Arrays.stream(stated.words().getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static JsonNode example(Class<?> type, String written) {
        return isText(type) ? JSON.getNodeFactory().stringNode(written) : JSON.readTree(written);
    }

    private static boolean isText(Class<?> type) {
        return type == String.class || type == UUID.class || Temporal.class.isAssignableFrom(type);
    }

    /** A caller that takes no other word would stop at the next one there is. */
    private static void leaveWordsOpen(ObjectNode schema, TypeScope scope, SchemaGenerationContext context) {
        if (scope.getType().getErasedType().isEnum()) {
            schema.set("examples", schema.remove("enum"));
        }
    }

    /** What lies in the place of one field is there by reference. */
    private static void addUnwrapped(ObjectNode schema, TypeScope scope, SchemaGenerationContext context) {
        for (java.lang.reflect.Field field : scope.getType().getErasedType().getDeclaredFields()) {
            if (field.isAnnotationPresent(JsonUnwrapped.class)) {
                schema.withArray("allOf")
                        .add(context.createDefinitionReference(
                                context.getTypeContext().resolve(field.getGenericType())));
            }
        }
    }

    private static void limit(ObjectNode schema, Class<?> type, Field stated) {
        long min = stated.min();
        if (type == String.class) {
            put(schema, "minLength", min == Field.NONE && stated.max() != Field.NONE ? 1 : min);
            put(schema, "maxLength", stated.max());
        } else if (List.class.isAssignableFrom(type)) {
            put(schema, "minItems", min);
            put(schema, "maxItems", stated.max());
        } else {
            put(schema, "minimum", min == Field.NONE && stated.won() ? 0 : min);
            put(schema, "maximum", stated.max());
        }
        if (!stated.pattern().isEmpty()) {
            schema.put("pattern", "^" + stated.pattern() + "$");
        }
        if (!stated.format().isEmpty()) {
            schema.put("format", stated.format());
        }
    }

    private static void put(ObjectNode schema, String rule, long limit) {
        if (limit != Field.NONE) {
            schema.put(rule, limit);
        }
    }

    private static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Field stated(FieldScope field) {
        Field stated =
                field.isFakeContainerItemScope() ? null : component(field).getAnnotation(Field.class);
        return stated == null ? Unstated.FIELD : stated;
    }

    private static RecordComponent component(FieldScope field) {
        Class<?> type = field.getRawMember().getDeclaringClass();
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals(field.getDeclaredName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        type.getName() + "." + field.getDeclaredName() + ": no component (expected: a record)"));
    }

    /** A field of which nothing is stated. */
    private record Unstated(@Field String field) {

        static final Field FIELD = Unstated.class.getRecordComponents()[0].getAnnotation(Field.class);
    }

    /** Short names; what lies within a record that is no controller is named after both. */
    private static final class Names implements SchemaDefinitionNamingStrategy {

        @Override
        public String getDefinitionNameForKey(DefinitionKey key, SchemaGenerationContext context) {
            return name(key.getType());
        }

        private static String name(ResolvedType type) {
            Class<?> raw = type.getErasedType();
            Class<?> within = raw.getDeclaringClass();
            String own =
                    within != null && within.isRecord() && !raw.getSimpleName().startsWith(within.getSimpleName())
                            ? within.getSimpleName() + raw.getSimpleName()
                            : raw.getSimpleName();
            return type.getTypeParameters().isEmpty()
                    ? own
                    : own + "Of"
                            + type.getTypeParameters().stream().map(Names::name).collect(Collectors.joining());
        }
    }
}
