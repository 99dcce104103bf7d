using System.Text.Json;

namespace NetPolTools.Cni.Catalogue;

/// <summary>An object of the catalogue while it is read: every field must be asked for once, and be of the type asked for.</summary>
internal sealed class CatalogueNode
{
    private readonly JsonElement _element;
    private readonly string _path;
    private readonly HashSet<string> _unread = [];

    public CatalogueNode(JsonElement element, string path)
    {
        _element = element;
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong("expected an object");
        foreach (var property in element.EnumerateObject())
        {
            if (!_unread.Add(property.Name))
                throw Wrong($"{property.Name} stands twice");
        }
    }

    public bool Has(string name) => _element.TryGetProperty(name, out _);

    /// <summary>Whether this is an item of the list of this name.</summary>
    public bool IsOneOf(string list) => _path[(_path.LastIndexOf('.') + 1)..].StartsWith(list + "[", StringComparison.Ordinal);

    public string Text(string name) => OptionalText(name) ?? throw Wrong($"{name} is missing");

    public string? OptionalText(string name) => Take(name) is { } value ? TextOf(value, name) : null;

    public bool OptionalFlag(string name) => Take(name) is { } value
        && (value.ValueKind == JsonValueKind.True ? true : throw Wrong($"{name} is true, or not there"));

    public int? OptionalNumber(string name)
    {
        if (Take(name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong($"{name} is a whole number");
    }

    public T Enum<T>(string name)
        where T : struct, Enum
    {
        var text = Text(name);
        return System.Enum.GetNames<T>().Contains(text)
            ? System.Enum.Parse<T>(text)
            : throw Wrong($"{name} is {text}; expected one of {string.Join(", ", System.Enum.GetNames<T>())}");
    }

    public IReadOnlyList<string> OptionalTexts(string name) => Take(name) is { } value ? [.. Elements(value, name).Select(item => TextOf(item, name))] : [];

    public IReadOnlyDictionary<string, string> OptionalMap(string name)
    {
        var map = new Dictionary<string, string>();
        if (Take(name) is not { } value)
            return map;
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong($"{name} is an object");
        foreach (var property in value.EnumerateObject())
        {
            if (!map.TryAdd(property.Name, TextOf(property.Value, name)))
                throw Wrong($"{name} has {property.Name} twice");
        }

        return map;
    }

    public IEnumerable<CatalogueNode> Items(string name) => Has(name) ? OptionalItems(name) : throw Wrong($"{name} is missing");

    public IEnumerable<CatalogueNode> OptionalItems(string name) => Take(name) is { } value
        ? [.. Elements(value, name).Select((item, i) => new CatalogueNode(item, $"{(_path.Length == 0 ? "" : _path + ".")}{name}[{i}]"))]
        : [];

    /// <exception cref="FormatException">A field is left that nobody asked for.</exception>
    public void Complete()
    {
        if (_unread.Count > 0)
            throw Wrong($"there is no field {string.Join(", ", _unread)}");
    }

    public FormatException Wrong(string what)
    {
        var id = _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty("id", out var value) ? $" ({value})" : "";
        return new FormatException($"{(_path.Length == 0 ? "The catalogue" : _path)}{id}: {what}.");
    }

    private JsonElement? Take(string name)
    {
        if (!_element.TryGetProperty(name, out var value))
            return null;
        _unread.Remove(name);
        return value;
    }

    private JsonElement.ArrayEnumerator Elements(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 ? value.EnumerateArray() : throw Wrong($"{name} is a list with something in it");

    private string TextOf(JsonElement value, string name) => value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
        ? text
        : throw Wrong($"{name} is a text that is not empty");
}
