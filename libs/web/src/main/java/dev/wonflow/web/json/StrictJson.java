package dev.wonflow.web.json;

import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Takes JSON as it is. No number is made of a text, a flag or a fraction and no text of a number; a member given twice
 * is an error, because two readers would see two different documents; so is anything after the document, and anything
 * that is not UTF-8; so is an entry of a list or a map that is null. Members nobody knows are passed over.
 */
public final class StrictJson {

    /** Far more than any document of ours nests. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_NUMBER_LENGTH = 100;

    private StrictJson() {}

    /** Makes a mapper for readers outside a Spring context; within one, the mapper there is reads the same way. */
    public static JsonMapper mapper() {
        JsonFactoryBuilder factory = JsonFactory.builder();
        tighten(factory);
        JsonMapper.Builder mapper = JsonMapper.builder(factory.build());
        tighten(mapper);
        return mapper.build();
    }

    public static void tighten(JsonFactoryBuilder factory) {
        factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .inputDecorator(new StrictUtf8());
    }

    public static void tighten(JsonMapper.Builder mapper) {
        mapper.enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, StrictJson::refuseNumbersAndFlags)
                .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL));
    }

    private static void refuseNumbersAndFlags(MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }
}
