using System.Text.RegularExpressions;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Reads the objects of an OpenShift Template with its parameters filled in, as <c>oc process</c> does: <c>${NAME}</c> within a text, and
/// <c>${{NAME}}</c> for a whole value that is no text. A parameter without a value stays as it is.
/// </summary>
internal sealed partial class TemplateReader : ManifestTokenReader
{
    private readonly ManifestTokenReader _objects;
    private readonly IReadOnlyDictionary<string, string> _values;
    private string _text = "";

    /// <param name="objects">Stands on the list of objects.</param>
    /// <param name="values">Of the parameters that have one.</param>
    public TemplateReader(ManifestTokenReader objects, IReadOnlyDictionary<string, string> values)
    {
        _objects = objects;
        _values = values;
        Take();
    }

    public override SourceLocation Location => _objects.Location;

    public override string Text => _text;

    public override string WrittenText => Kind == _objects.Kind && _text == _objects.Text ? _objects.WrittenText : _text;

    /// <summary>Whether an object is a Template, in its own group or in the one it came from.</summary>
    public static bool IsTemplate(ObjectType type) => type is { Kind: "Template", ApiVersion: "template.openshift.io/v1" or "v1" };

    /// <summary>The parameters that have a value; those that are to be generated have none.</summary>
    /// <param name="tokens">Stands on the value of <c>parameters</c>.</param>
    public static IReadOnlyDictionary<string, string> ReadValues(ManifestTokenReader tokens)
    {
        var values = new Dictionary<string, string>();
        QuietWalk.EachItem(tokens, () =>
        {
            string? parameter = null, value = null;
            QuietWalk.EachField(tokens, name =>
            {
                if (name == "name")
                    parameter = QuietWalk.Text(tokens);
                else if (name == "value")
                    value = QuietWalk.Text(tokens);
                else
                    return false;
                return true;
            });
            if (parameter is not null && value is { Length: > 0 })
                values[parameter] = value;
        });
        return values;
    }

    public override bool Read()
    {
        var isRead = _objects.Read();
        Take();
        return isRead;
    }

    public override void SkipDocument()
    {
        _objects.SkipDocument();
        Take();
    }

    private void Take()
    {
        (Kind, _text) = (_objects.Kind, _objects.Text);
        if (Kind is not (ManifestTokenKind.String or ManifestTokenKind.PropertyName) || !_text.Contains('$'))
            return;
        if (Kind == ManifestTokenKind.String && WholeValue().Match(_text) is { Success: true } whole
            && _values.TryGetValue(whole.Groups[1].Value, out var value))
        {
            _text = value;
            if (value is "true" or "false")
                Kind = ManifestTokenKind.Boolean;
            else if (long.TryParse(value, out _))
                Kind = ManifestTokenKind.Number;
            return;
        }

        _text = Placeholder().Replace(_text, found => _values.GetValueOrDefault(found.Groups[1].Value, found.Value));
    }

    [GeneratedRegex(@"^\$\{\{([A-Za-z0-9_]+)\}\}$")]
    private static partial Regex WholeValue();

    [GeneratedRegex(@"\$\{([A-Za-z0-9_]+)\}")]
    private static partial Regex Placeholder();
}
