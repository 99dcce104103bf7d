using NetPolTools.Sets;

namespace NetPolTools.Reports;

/// <summary>Texts of port sets: a listing of a million lines has a few hundred different ones. Not thread safe.</summary>
internal sealed class PortTexts
{
    private const int MostRemembered = 4096;

    private readonly Dictionary<PortSet, string> _texts = [];

    public string Of(PortSet ports)
    {
        if (_texts.TryGetValue(ports, out var text))
            return text;
        if (_texts.Count == MostRemembered)
            _texts.Clear();
        return _texts[ports] = ports.ToString();
    }
}
