package io.porchlight.studio;

import io.porchlight.brands.Brands;
import io.porchlight.imports.Import;
import io.porchlight.imports.ImportedLine.Outcome;
import io.porchlight.imports.Imports;
import io.porchlight.imports.Intake;
import io.porchlight.imports.NotTaken;
import io.porchlight.imports.ReportFile;
import io.porchlight.imports.Upload;
import io.porchlight.imports.Upload.Format;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where the team hands in a file of orders and milestones that were missed, and reads what became of each line. */
@Controller
class ImportPage {

    private static final int LISTED = 30;
    private static final int REFUSALS = 200;

    private final Intake intake;
    private final Imports imports;
    private final ReportFile report;
    private final Brands brands;

    ImportPage(Intake intake, Imports imports, ReportFile report, Brands brands) {
        this.intake = intake;
        this.imports = imports;
        this.report = report;
        this.brands = brands;
    }

    @GetMapping("/studio/imports")
    String list(Model model) {
        return list(null, model);
    }

    /** The file comes in as the body (FileForm); the page named the reading beforehand, to be able to watch it. */
    @PostMapping("/studio/imports")
    String take(
            @RequestParam String id,
            @RequestParam String brand,
            HttpServletRequest request,
            Principal user,
            Model model)
            throws IOException {
        if (brands.find(brand).isEmpty()) {
            return list("The brand \"" + brand + "\" is not served here.", model);
        }
        long size = request.getContentLengthLong();
        try {
            intake.read(new Upload(
                    named(id), brand, user.getName(), Format.ANY, request.getInputStream(), size < 0 ? null : size));
        } catch (NotTaken notTaken) {
            if (notTaken.reason() != NotTaken.Reason.KNOWN) {
                return list(notTaken.getMessage() + ".", model);
            }
        }
        return "redirect:/studio/imports/" + named(id);
    }

    @GetMapping("/studio/imports/{id}")
    String one(@PathVariable String id, Model model) {
        model.addAttribute("it", find(id));
        model.addAttribute("refusals", imports.lines(id, 0, Outcome.REFUSED, REFUSALS));
        return "studio/import";
    }

    /** How far it came, for a page that watches it; before its first lines came, nobody knows it yet. */
    @GetMapping("/studio/imports/{id}/progress")
    String progress(@PathVariable String id, Model model) {
        model.addAttribute("id", named(id));
        model.addAttribute("it", imports.find(id).orElse(null));
        return "studio/progress";
    }

    @GetMapping("/studio/imports/{id}/report")
    void report(@PathVariable String id, HttpServletResponse response) throws IOException {
        var known = find(id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"import-" + known.id() + ".csv\"");
        report.write(known.id(), response.getOutputStream());
    }

    private String list(@Nullable String wrong, Model model) {
        model.addAttribute("imports", imports.newest(LISTED));
        model.addAttribute("brands", brands.all());
        model.addAttribute("next", UUID.randomUUID().toString());
        model.addAttribute("wrong", wrong);
        return "studio/imports";
    }

    private Import find(String id) {
        return imports.find(id).orElseThrow(Frame.Missing::new);
    }

    private static String named(String id) {
        try {
            return UUID.fromString(id).toString();
        } catch (IllegalArgumentException none) {
            throw new Frame.Missing();
        }
    }
}
