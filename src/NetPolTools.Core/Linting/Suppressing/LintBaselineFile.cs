using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Linting.Suppressing;

/// <summary>A baseline as a file: <c>{"version":1,"findings":[{"rule":"NP026","object":"NetworkPolicy shop/web","path":"spec.ingress[0]"}]}</c>.</summary>
public static class LintBaselineFile
{
    private const int Version = 1;

    /// <summary>The baseline; null where it could not be read, which is reported.</summary>
    public static LintBaseline? Read(string file, Action<Diagnostic> report)
    {
        var isWrong = false;
        try
        {
            using var stream = File.OpenRead(file);
            using var tokens = new JsonTokenReader(stream, file, new StringPool());
            var fields = new FieldReader(tokens, new FieldPath(), Tell, new SharedValues());
            tokens.Read();
            tokens.Read();
            var entries = ReadFile(fields);
            return isWrong ? null : new LintBaseline(file, entries);
        }
        catch (ManifestSyntaxException e)
        {
            report(new Diagnostic(DiagnosticId.SyntaxError, DiagnosticSeverity.Error, e.Message) { Location = e.Location });
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(new Diagnostic(DiagnosticId.UnreadableFile, DiagnosticSeverity.Error, $"The baseline could not be read: {e.Message}")
            {
                Location = new SourceLocation(file, 0, 0),
            });
            return null;
        }

        void Tell(Diagnostic diagnostic)
        {
            isWrong = true;
            report(diagnostic);
        }
    }

    /// <summary>One finding a line, so that differences can be read.</summary>
    public static string Write(LintBaseline baseline)
    {
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"version\":{Version},\"findings\":[");
        var separator = "\n";
        foreach (var entry in baseline.Entries)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                json.WriteString("rule", entry.Rule);
                json.WriteString("object", entry.Object);
                if (entry.Path.Length > 0)
                    json.WriteString("path", entry.Path);
                json.WriteEndObject();
            }

            text.Append(separator).Append(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
            separator = ",\n";
        }

        return text.Append(baseline.Entries.Count > 0 ? "\n]}\n" : "]}\n").ToString();
    }

    private static List<LintBaselineEntry> ReadFile(FieldReader fields)
    {
        var entries = new List<LintBaselineEntry>();
        if (!fields.EnterObject("a map with version and findings"))
            return entries;
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "version":
                    if (fields.Integer() is { } version && version != Version)
                        fields.Report(DiagnosticId.InvalidValue, $"Found version {version}, expected {Version}.");
                    break;
                case "findings":
                    ReadEntries(fields, entries);
                    break;
                default:
                    fields.Unknown($"Unknown field '{name}' in a baseline; expected version or findings.");
                    break;
            }
        }

        return entries;
    }

    private static void ReadEntries(FieldReader fields, List<LintBaselineEntry> entries)
    {
        if (!fields.EnterArray("a list of findings"))
            return;
        while (fields.NextItem())
        {
            var place = fields.Location;
            if (!fields.EnterObject("a map with rule, object and path"))
                continue;
            var (rule, about, path) = ("", "", "");
            while (fields.NextField(out var name))
            {
                switch (name)
                {
                    case "rule":
                        rule = fields.String() ?? "";
                        break;
                    case "object":
                        about = fields.String() ?? "";
                        break;
                    case "path":
                        path = fields.String() ?? "";
                        break;
                    default:
                        fields.Unknown($"Unknown field '{name}' in a finding of a baseline; expected rule, object or path.");
                        break;
                }
            }

            entries.Add(new LintBaselineEntry(rule, about, path) { Location = place });
        }
    }
}
