using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;

namespace NetPolTools.Reports;

/// <summary>
/// A report as one page that asks nothing of anybody: its style, its programs and its data stand in it, and its policy forbids it everything else.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="root">The folder that names of files are below; empty for the names as they are.</param>
public sealed class HtmlReportWriter(TextWriter output, string root = "")
{
    /// <summary>The last one starts.</summary>
    private static readonly ImmutableArray<string> Parts =
    [
        "data.js", "elements.js", "address.js", "overview.js", "exposure.js", "findings.js", "workloads.js", "workload.js", "policies.js", "changes.js",
        "search.js", "matrix.js", "canvas.js", "neighbours.js", "show.js",
    ];

    private const string WithoutReasons =
        "The rules beside each connection would make the page too large; reach --explain and Get-NetPolReachability -Explain tell them.";

    private const string WithoutExposure =
        "The lines of exposure would make the page too large; JSON and CSV have them, and kubectl netpol exposure and Get-NetPolExposure tell them.";

    /// <summary>In bytes. Larger pages are slow to open on a phone, and mail refuses them.</summary>
    internal int LargestData { get; init; } = 1_850_000;

    /// <param name="report">What to show.</param>
    /// <param name="diagnostics">What else there is to tell.</param>
    public void Write(ClusterReport report, IReadOnlyList<Diagnostic> diagnostics)
    {
        var data = Data(report, diagnostics);
        var (style, layout, page) = (Asset("report.css"), Asset("dagre.min.js"), Program());
        output.Write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
            + $"content=\"default-src 'none'; style-src {Hash(style)}; script-src {Hash(layout)} {Hash(page)}; img-src data:; "
            + "base-uri 'none'; form-action 'none'\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
            + "<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n<title>Network policies</title>\n");
        output.Write($"<style>{style}</style>\n</head>\n<body>\n{Asset("report.html")}");
        output.Write($"<script type=\"application/json\" id=\"data\">{Encoding.UTF8.GetString(data)}</script>\n");
        output.Write($"<script>{layout}</script>\n<script>{page}</script>\n</body>\n</html>\n");
    }

    /// <summary>The first of these that fits: everything, without rules, without the lines of exposure, without both.</summary>
    private byte[] Data(ClusterReport report, IReadOnlyList<Diagnostic> diagnostics)
    {
        byte[] data = [];
        foreach (var (withReasons, withExposure) in new[] { (true, true), (false, true), (true, false), (false, false) })
        {
            if ((!withReasons && report.Picture?.Reasons is null) || (!withExposure && report.Exposure is null))
                continue;
            string[] leftOut = [.. withReasons ? [] : new[] { WithoutReasons }, .. withExposure ? [] : new[] { WithoutExposure }];
            data = new HtmlReportData(report, diagnostics, leftOut, root, withReasons, withExposure).Write();
            if (data.Length <= LargestData)
                break;
        }

        return data;
    }

    /// <summary>The parts share what they declare, and nothing outside sees it.</summary>
    private static string Program() => $"\"use strict\";\n(() => {{\n{string.Concat(Parts.Select(Asset))}}})();\n";

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReportWriter).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
