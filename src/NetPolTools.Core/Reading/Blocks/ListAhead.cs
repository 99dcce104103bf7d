using System.Collections.Immutable;

namespace NetPolTools.Reading;

/// <summary>A list whose items are read before the reader comes to them.</summary>
/// <param name="binders">By the numbers of the threads that do that.</param>
/// <param name="itemType">What the list says that its items are.</param>
/// <param name="depth">In how many brackets they stand.</param>
/// <param name="open">Gives a reader of a block.</param>
/// <param name="cancellation">Looked at before each item.</param>
internal sealed class ListAhead(
    ImmutableArray<AheadBinder> binders, ObjectType itemType, int depth, Func<TokenBlock, StringPool, JsonTokenReader> open, CancellationToken cancellation)
{
    // Written by several threads, and no more than a guess.
    private int _itemsOfBlock;

    public int Depth => depth;

    /// <summary>About how many items a block holds, as the last one did.</summary>
    public int ItemsOfBlock => _itemsOfBlock + (_itemsOfBlock / 8);

    /// <summary>Reads the items that lie in a block as a whole.</summary>
    /// <param name="block">Theirs.</param>
    /// <param name="items">Takes note of them.</param>
    /// <param name="thread">The number of this thread.</param>
    public void Bind(TokenBlock block, ItemsAhead items, int thread)
    {
        var binder = binders[thread];
        using var tokens = open(block, binder.Strings);
        var fields = binder.Fields(tokens);
        var present = block.Depth;
        for (var i = 0; i < block.Count && present >= depth; i++)
        {
            var token = block[i];
            if (token.Close > 0)
            {
                // What is no object is reported with its number in the list.
                if (present == depth && token.Kind == ManifestTokenKind.ObjectStart)
                {
                    tokens.GoTo(i);
                    if (binder.TryBind(fields, itemType, items.Found, cancellation))
                    {
                        items.EndItem(i);
                    }
                    else
                    {
                        // It may have ended in the middle of something.
                        items.ForgetItem();
                        fields = binder.Fields(tokens);
                    }
                }

                i = token.Close;
            }
            else if (token.Kind is ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart)
            {
                present++;
            }
            else if (token.Kind is ManifestTokenKind.ObjectEnd or ManifestTokenKind.ArrayEnd)
            {
                present--;
            }
        }

        _itemsOfBlock = items.Count;
    }
}
