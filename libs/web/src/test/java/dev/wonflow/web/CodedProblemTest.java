package dev.wonflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

class CodedProblemTest {

    private static final ProblemKind NOT_FOUND = new ProblemKind(404, "thing.not-found");

    @Test
    void callers_own_text_is_repeated_as_far_as_it_is_short() {
        assertThat(notFound("a".repeat(400))).isEqualTo("thing " + "a".repeat(400) + ": not found (expected: an id)");
        assertThat(CodedProblem.of(NOT_FOUND, null).getDetail()).isNull();
    }

    @Test
    void of_a_long_one_beginning_and_end_are_left_and_no_half_character() {
        assertThat(notFound("카페🍵".repeat(3_000)))
                .startsWith("thing 카페🍵카페")
                .contains("…")
                .endsWith("카페🍵: not found (expected: an id)")
                .satisfies(detail -> assertThat(detail.codePoints())
                        .hasSizeLessThanOrEqualTo(500)
                        .noneMatch(point -> Character.getType(point) == Character.SURROGATE));
    }

    @Test
    void what_a_framework_says_is_cut_as_well() {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, "x".repeat(8_000));

        assertThat(CodedProblem.coded(problem, CodedProblem.http(HttpStatus.NOT_FOUND))
                        .getDetail())
                .hasSizeLessThanOrEqualTo(500);
    }

    private static String notFound(String id) {
        return String.valueOf(CodedProblem.of(NOT_FOUND, "thing " + id + ": not found (expected: an id)")
                .getDetail());
    }
}
