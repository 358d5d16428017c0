package dev.semel.books.settings;

import dev.semel.Write;
import dev.semel.spring.Gate;
import dev.semel.spring.web.TenantReads;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes of the company's settings. */
@RestController
@RequestMapping("/api/settings")
public final class SettingsController {
    private final UpdateSettings updateSettings;
    private final SettingsReads settings;
    private final TenantReads reads;

    /** Serves the handler and the reads. */
    public SettingsController(UpdateSettings updateSettings, SettingsReads settings, TenantReads reads) {
        this.updateSettings = updateSettings;
        this.settings = settings;
        this.reads = reads;
    }

    /** Changes the settings. */
    @PutMapping
    @Gate("updateCompanySettings")
    public Settings update(
            @RequestBody NewSettings body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Write<NewSettings> write) {
        return updateSettings.handle(ifMatch, write);
    }

    /** The settings, with their version as the entity tag. */
    @GetMapping
    public ResponseEntity<Settings> get(HttpServletRequest request) {
        Settings found = reads.read(request, settings::find);
        return ResponseEntity.ok().eTag(found.tag()).body(found);
    }
}
