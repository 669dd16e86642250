package io.porchlight.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.porchlight.imports.ImportedLine.Outcome;
import io.porchlight.imports.Upload.Format;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Where shops and workshops send what was missed: many orders and milestones in one request, one a line. */
@RestController
class ImportApi {

    private static final int SHOWN = 20;
    private static final MediaType TABLE = new MediaType("text", "csv");
    private static final List<MediaType> JSON_LINES = List.of(
            new MediaType("application", "x-ndjson"),
            new MediaType("application", "ndjson"),
            new MediaType("application", "jsonl"));

    /**
     * How far a file came.
     *
     * @param report where the table of all lines lies
     * @param refusals the first lines that were refused
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String id,
            String state,
            @Nullable String reason,
            long lines,
            long accepted,
            long duplicates,
            long refused,
            long lastLine,
            URI report,
            List<ImportedLine> refusals) {}

    private final Intake intake;
    private final Imports imports;
    private final ReportFile report;

    ImportApi(Intake intake, Imports imports, ReportFile report) {
        this.intake = intake;
        this.imports = imports;
        this.report = report;
    }

    @PostMapping("/api/orders:import")
    ResponseEntity<?> take(HttpServletRequest request, Principal caller) throws IOException {
        var format = format(request.getContentType());
        if (format == null) {
            return problem(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Send lines of JSON as Content-Type: application/x-ndjson, or a table as text/csv, in UTF-8");
        }
        long size = request.getContentLengthLong();
        var done = intake.read(new Upload(
                UUID.randomUUID().toString(),
                caller.getName(),
                "the API",
                format,
                request.getInputStream(),
                size < 0 ? null : size));
        if (done.state() == Import.State.FINISHED) {
            return ResponseEntity.ok(answer(done));
        }
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                done.reason() + ". Everything up to line " + done.lastLine()
                        + " is written down; it is safe to send the file again.");
        problem.setProperty("field", "body");
        problem.setProperty("import", answer(done));
        return ResponseEntity.badRequest()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    @GetMapping("/api/imports/{id}")
    Answer progress(@PathVariable String id, Principal caller) {
        return answer(find(id, caller));
    }

    @GetMapping("/api/imports/{id}/report")
    void report(@PathVariable String id, Principal caller, HttpServletResponse response) throws IOException {
        find(id, caller);
        response.setContentType(TABLE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"import-" + id + ".csv\"");
        report.write(id, response.getOutputStream());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(NotTaken notTaken) {
        return switch (notTaken.reason()) {
            case TOO_LARGE -> problem(HttpStatus.PAYLOAD_TOO_LARGE, String.valueOf(notTaken.getMessage()));
            case BUSY, KNOWN -> problem(HttpStatus.TOO_MANY_REQUESTS, String.valueOf(notTaken.getMessage()));
        };
    }

    private Import find(String id, Principal caller) {
        return imports.find(id)
                .filter(known -> known.brand().equals(caller.getName()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such import"));
    }

    private Answer answer(Import done) {
        return new Answer(
                done.id(),
                done.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                done.reason(),
                done.lines(),
                done.accepted(),
                done.duplicates(),
                done.refused(),
                done.lastLine(),
                URI.create("/api/imports/" + done.id() + "/report"),
                imports.lines(done.id(), 0, Outcome.REFUSED, SHOWN));
    }

    private static @Nullable Format format(@Nullable String contentType) {
        MediaType type;
        try {
            type = contentType == null ? MediaType.ALL : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException none) {
            return null;
        }
        if (type.getCharset() != null && !type.getCharset().equals(StandardCharsets.UTF_8)) {
            return null;
        }
        if (type.equalsTypeAndSubtype(TABLE)) {
            return Format.CSV;
        }
        return JSON_LINES.stream().anyMatch(type::equalsTypeAndSubtype) ? Format.NDJSON : null;
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status == HttpStatus.TOO_MANY_REQUESTS) {
            answer.header(HttpHeaders.RETRY_AFTER, "60");
        }
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("field", status == HttpStatus.UNSUPPORTED_MEDIA_TYPE ? "Content-Type" : "body");
        return answer.body(problem);
    }
}
