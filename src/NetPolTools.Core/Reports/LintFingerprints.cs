using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetPolTools.Linting;

namespace NetPolTools.Reports;

/// <summary>
/// A text for each finding by which it is known again when lines have moved: of its rule, its object and its field, and how many of these came before.
/// </summary>
internal sealed class LintFingerprints
{
    private readonly Dictionary<string, int> _seen = [];

    public string Next(LintFinding finding)
    {
        var key = string.Join('\n', finding.Rule.Id, finding.Object?.ToString() ?? finding.KnownBy ?? finding.Location.File ?? "", finding.FieldPath ?? "");
        var count = _seen[key] = _seen.GetValueOrDefault(key) + 1;
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return string.Create(CultureInfo.InvariantCulture, $"{hash[..16]}:{count}");
    }
}
