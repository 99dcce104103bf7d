using System.Globalization;
using System.Security;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>What pictures have in common: escaped text, numbers as SVG writes them, and colours for light and dark.</summary>
internal static class SvgText
{
    public const string Style =
        "<style>text{font:12px sans-serif;fill:#1b1f26}.faint{fill:#59616f}.ground{fill:#fff}.line{stroke:#d5d9e0;fill:none}.box{fill:#f5f6f8;stroke:#d5d9e0}"
        + ".own{fill:#d3eedf;stroke:#1a7f4b}.all{fill:#d3eedf}.some{fill:#fbe8c2}.doubt{fill:#e4dcfb}.none{fill:#f5f6f8}.edge{stroke:#59616f;fill:none}"
        + ".dashed{stroke-dasharray:5 4}.Opened{stroke:#1a7f4b;fill:none}.Closed{stroke:#b3261e;fill:none}.Changed{stroke:#8a5a00;fill:none}"
        + "@media(prefers-color-scheme:dark){text{fill:#e6e9ef}.faint{fill:#a3acba}.ground{fill:#14171c}.line{stroke:#39404c}.box{fill:#1d2129;stroke:#39404c}"
        + ".own{fill:#17402b;stroke:#7fd6a4}.all{fill:#17402b}.some{fill:#4a360c}.doubt{fill:#372a66}.none{fill:#1d2129}.edge{stroke:#a3acba}}</style>\n";

    /// <summary>Text of the input, within an element or an attribute.</summary>
    public static string Of(string text) => SecurityElement.Escape(Printable.Of(text));

    /// <summary>The same cut to a length.</summary>
    public static string Short(string text, int longest) => SecurityElement.Escape(ShortText.Of(text, longest));

    public static string Begin(int width, int height, string title) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(width)} {N(height)}\" width=\"{N(width)}\" height=\"{N(height)}\" role=\"img\">\n"
        + $"<title>{Of(title)}</title>\n{Style}<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n";

    public static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
