BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $shop = Join-Path $manifests 'lint'
    $some = 'open-ingress', 'any-namespace', 'inert-rules'
    # Findings as texts, without what rules say of the case at hand.
    filter Get-Finding { "$($_.RuleId) $($_.Severity) $($_.Object) $($_.Path)" }
    $expected = @(
        'NP026 Warning NetworkPolicy shop/web spec.ingress[0]'
        'NP029 Warning NetworkPolicy shop/db spec.ingress[0].from[0]'
        'NP017 Error NetworkPolicy shop/db spec.egress'
    )
}

Describe 'Invoke-NetPolLint' {
    It 'finds the same in <From>' -ForEach @(
        @{ From = 'a path'; Call = { Invoke-NetPolLint $shop -IncludeRule $some } }
        @{ From = 'a literal path'; Call = { Invoke-NetPolLint -LiteralPath $shop -IncludeRule $some } }
        @{ From = 'files of a pipeline'; Call = { Get-ChildItem $shop | Invoke-NetPolLint -IncludeRule $some } }
        @{ From = 'text'; Call = { Get-Content (Join-Path $shop 'shop.yaml') -Raw | Invoke-NetPolLint -IncludeRule $some } }
        @{ From = 'a snapshot'; Call = { Get-NetPolSnapshot $shop | Invoke-NetPolLint -IncludeRule $some } }
        @{ From = 'policies of a snapshot'; Call = { (Get-NetPolSnapshot $shop).NetworkPolicies | Invoke-NetPolLint -IncludeRule $some } }
    ) {
        $found = & $Call 3>$null
        $found | Get-Finding | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'gives properties with the names of PSScriptAnalyzer''s' {
        $finding = Invoke-NetPolLint $shop -IncludeRule inert-rules 3>$null
        $finding.PSObject.Properties.Name | Should -Be @(
            'RuleId', 'RuleName', 'Severity', 'Message', 'Object', 'Path', 'File', 'Line', 'Column', 'SuggestedCorrections', 'Related', 'IsFixed',
                'IsSuppressed', 'Suppression',
            'RuleSuppressionID')
        $finding.File | Should -BeLike '*shop.yaml'
        (Get-Content $finding.File)[$finding.Line - 1] | Should -BeLike '*egress:*'
        $finding.RuleSuppressionID | Should -Be NP017
    }

    It 'asks only rules that are named: <Name>' -ForEach @(
        @{ Name = 'an id'; Parameters = @{ IncludeRule = 'NP026' }; Rules = 'NP026' }
        @{ Name = 'a name'; Parameters = @{ IncludeRule = 'open-ingress' }; Rules = 'NP026' }
        @{ Name = 'wildcards'; Parameters = @{ IncludeRule = 'open-*', 'np017' }; Rules = 'NP017', 'NP026' }
        @{ Name = 'all but one'; Parameters = @{ IncludeRule = 'NP017', 'NP026', 'NP029'; ExcludeRule = 'any-*' }; Rules = 'NP017', 'NP026' }
        @{ Name = 'a severity'; Parameters = @{ IncludeRule = 'NP017', 'NP026'; Severity = 'Error' }; Rules = 'NP017' }
        @{ Name = 'two severities'; Parameters = @{ IncludeRule = 'NP017', 'NP026'; Severity = 'Error', 'Warning' }; Rules = 'NP017', 'NP026' }
    ) {
        Invoke-NetPolLint $shop @Parameters 3>$null | ForEach-Object RuleId | Sort-Object -Unique | Should -Be $Rules
    }

    It 'has no answer where a rule does not exist, and names the one that was meant' {
        $found = Invoke-NetPolLint $shop -IncludeRule open-ingres -ErrorAction SilentlyContinue -ErrorVariable failed
        $found | Should -BeNullOrEmpty
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NoMatch,*'
        $failed[0].Exception.Message | Should -BeLike '*Did you mean open-ingress?*'
        $failed[0].TargetObject | Should -Be 'open-ingres'
    }

    It 'says of objects of a namespace only' {
        Invoke-NetPolLint $shop -Namespace shop -IncludeRule NP026 3>$null | Should -HaveCount 1
        Invoke-NetPolLint $shop -Namespace other -ErrorAction SilentlyContinue -ErrorVariable failed 3>$null | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NoMatch,*'
    }

    It 'has no answer without anything to read' {
        Invoke-NetPolLint (Join-Path $TestDrive 'nowhere.yaml') -ErrorAction SilentlyContinue -ErrorVariable failed 3>$null | Should -BeNullOrEmpty
        $failed.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
    }

    It 'tells once what a rule says of bad input, and the rest as an error' {
        $bad = Join-Path $TestDrive 'bad.yaml'
        Set-Content $bad (Get-Content (Join-Path $shop 'shop.yaml') -Raw).Replace('port: 5432', 'port: 65536').Replace('podSelector:',
            "podselector: {}`n  podSelector:")
        $found = Invoke-NetPolLint $bad -ErrorAction SilentlyContinue -ErrorVariable failed 3>$null
        $said = @($found | Where-Object RuleId -EQ NP000)
        $said.Count | Should -BeGreaterThan 0
        foreach ($finding in $said) { $failed | Where-Object { $_.Exception.Message -like "*$($finding.Message)*" } | Should -BeNullOrEmpty }
    }

    It 'sums up where asked to, and not into the pipeline' {
        $found = Invoke-NetPolLint $shop -IncludeRule $some -ReportSummary -InformationVariable said 6>$null 3>$null
        $found | Should -HaveCount 3
        "$said" | Should -Be '3 findings: 1 error, 2 warnings.'
    }

    It 'shows each object once and its findings below, on <Width> columns' -ForEach @(@{ Width = 80 }, @{ Width = 120 }) {
        Push-Location $shop
        try { $text = Invoke-NetPolLint ./shop.yaml -IncludeRule $some 3>$null | Out-String -Width $Width }
        finally { Pop-Location }
        ($text -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $Width
        [regex]::Matches($text, 'Object: ').Count | Should -Be 2
        $text | Should -Match 'NP026'
        $text | Should -Not -Match '…'
    }

    It 'finds nothing where nothing is wrong' {
        Invoke-NetPolLint $threeTier -Severity Error 3>$null | Should -BeNullOrEmpty
    }
}

Describe 'Get-NetPolLintRule' {
    It 'lists every rule with all that there is to know' {
        $rules = Get-NetPolLintRule
        $rules.Count | Should -BeGreaterThan 12
        foreach ($rule in $rules) {
            $rule.RuleId | Should -Match '^NP\d{3}$'
            foreach ($property in 'RuleName', 'Severity', 'Needs', 'Description', 'Why', 'Trouble', 'Cure') { $rule.$property | Should -Not -BeNullOrEmpty }
        }
    }

    It 'takes names, ids, wildcards and findings' {
        (Get-NetPolLintRule open-ingress).RuleId | Should -Be NP026
        (Get-NetPolLintRule np026).RuleName | Should -Be open-ingress
        (Get-NetPolLintRule 'open-*').RuleId | Should -Be NP026, NP027
        (Invoke-NetPolLint $shop -IncludeRule $some 3>$null | Get-NetPolLintRule).RuleId | Sort-Object | Should -Be NP017, NP026, NP029
    }

    It 'says that there is no such rule' {
        Get-NetPolLintRule nothing, NP026 -ErrorAction SilentlyContinue -ErrorVariable failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NoMatch,*'
    }

    It 'gives an example of trouble that the rule finds and a cure that it does not: <_>' -ForEach 'NP017', 'NP026', 'NP030' {
        $rule = Get-NetPolLintRule $_
        ($rule.Trouble | Invoke-NetPolLint -IncludeRule $_ -Complete All).RuleId | Should -Contain $_
        $rule.Cure | Invoke-NetPolLint -IncludeRule $_ -Complete All | Should -BeNullOrEmpty
    }
}

Describe 'Completion of rules' {
    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'Get-NetPolLintRule open-'; Expected = 'open-ingress', 'open-egress' }
        @{ Line = 'Invoke-NetPolLint . -IncludeRule NP026'; Expected = @('NP026') }
        @{ Line = 'Invoke-NetPolLint . -ExcludeRule any'; Expected = @('any-namespace') }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText | Should -Be $Expected
    }
}

Describe 'Export-NetPolReport' {
    It 'writes <_> of findings, and of none' -ForEach 'Table', 'Json', 'Sarif', 'JUnit', 'NUnit3', 'GitHub', 'Sonar', 'Markdown' {
        $text = Invoke-NetPolLint $shop -IncludeRule $some 3>$null | Export-NetPolReport -Format $_ -Root $manifests
        $text | Should -BeOfType string
        $text | Should -Match 'lint/shop.yaml'
        $text | Should -Match NP026
        if ($_ -in 'Json', 'Sarif', 'Sonar') { $text | ConvertFrom-Json | Should -Not -BeNullOrEmpty }
        if ($_ -in 'JUnit', 'NUnit3') { [xml] $text | Should -Not -BeNullOrEmpty }
        { $null | Export-NetPolReport -Format $_ } | Should -Not -Throw
    }

    It 'writes a file whole, and replaces another only where it may' {
        $file = Join-Path $TestDrive 'new/netpol.sarif'
        $finding = Invoke-NetPolLint $shop -IncludeRule NP026 3>$null
        $finding | Export-NetPolReport $file -Format Sarif -WhatIf
        $file | Should -Not -Exist
        ($finding | Export-NetPolReport $file -Format Sarif -PassThru).FullName | Should -Be (Get-Item $file).FullName
        (Get-Content $file -Raw | ConvertFrom-Json).runs[0].results | Should -HaveCount 1
        $finding | Export-NetPolReport $file -Format Markdown -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $finding | Export-NetPolReport $file -Format Markdown -Force
        Get-Content $file -Raw | Should -Match '### Network policy lint'
    }

    It 'takes findings in the forms of findings alone' {
        { 1 | Export-NetPolReport -Format Sarif -ErrorAction Stop 3>$null } | Should -Throw
        $finding = Invoke-NetPolLint $shop -IncludeRule NP026 3>$null
        { $finding | Export-NetPolReport -Format Html } | Should -Throw '*Sarif*'
        { Get-NetPolSnapshot $shop 3>$null | Export-NetPolReport -Format Sarif } | Should -Throw '*Invoke-NetPolLint*'
    }
}

Describe 'What is left out' {
    BeforeAll {
        $manifest = @'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
  - {} # netpol:ignore NP026 the front door
'@
        $file = Join-Path $TestDrive 'web.yaml'
        Set-Content $file $manifest
    }

    It 'is what a comment names, in <From>' -ForEach @(
        @{ From = 'a file'; Call = { param($p) Invoke-NetPolLint $file -IncludeRule NP026, NP060 @p } }
        @{ From = 'text'; Call = { param($p) $manifest | Invoke-NetPolLint -IncludeRule NP026, NP060 @p } }
        @{ From = 'lines of text'; Call = { param($p) Get-Content $file | Invoke-NetPolLint -IncludeRule NP026, NP060 @p } }
        @{ From = 'a snapshot of a file'; Call = { param($p) Get-NetPolSnapshot $file | Invoke-NetPolLint -IncludeRule NP026, NP060 @p } }
    ) {
        & $Call @{} | Should -BeNullOrEmpty
        $left = & $Call @{ SuppressedOnly = $true }
        $left.IsSuppressed | Should -BeTrue
        $left.Suppression | Should -Be 'comment: the front door'
        & $Call @{ IncludeSuppressed = $true } | Should -HaveCount 1
    }

    It 'is told where nobody silences it any more' {
        $manifest.Replace('{} #', '{from: [{podSelector: {}}]} #') | Invoke-NetPolLint -IncludeRule NP026, NP060 | ForEach-Object RuleId | Should -Be NP060
    }

    It 'is what a baseline holds, which may only become shorter' {
        $baseline = Join-Path $TestDrive 'baseline.json'
        $call = @{ LiteralPath = Join-Path $shop 'shop.yaml'; IncludeRule = $some + 'NP060'; Baseline = $baseline }
        Invoke-NetPolLint @call -BaselineUse New -WhatIf 3>$null | Should -HaveCount 3
        $baseline | Should -Not -Exist
        { Invoke-NetPolLint @call 3>$null } | Should -Throw '*baseline could not be read*'
        Invoke-NetPolLint @call -BaselineUse New 3>$null | Should -HaveCount 3
        Invoke-NetPolLint @call 3>$null | Should -BeNullOrEmpty
        { Invoke-NetPolLint @call -BaselineUse New 3>$null } | Should -Throw '*may only become shorter*'

        $mended = Join-Path $TestDrive 'mended.yaml'
        (Get-Content (Join-Path $shop 'shop.yaml') -Raw).Replace('    - {}', '    - {from: [{podSelector: {}}]}') | Set-Content $mended
        $call.LiteralPath = $mended
        (Invoke-NetPolLint @call 3>$null).RuleId | Should -Be NP060
        $before = Get-Content $baseline
        Invoke-NetPolLint @call -BaselineUse Prune 3>$null | Out-Null
        Get-Content $baseline | Should -HaveCount ($before.Count - 1)
        Invoke-NetPolLint @call 3>$null | Should -BeNullOrEmpty
    }
}

Describe 'Settings' {
    BeforeAll {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'repo/deep') -Force
        Set-Content (Join-Path $TestDrive 'repo/.netpol.yaml') "rules:`n  NP026: off`n  any-namespace: note`n  NP017: error`nexclude: [other*]`n"
        Copy-Item (Join-Path $shop 'shop.yaml') (Join-Path $TestDrive 'repo/deep/shop.yaml')
        Copy-Item (Join-Path $shop 'shop.yaml') (Join-Path $TestDrive 'repo/deep/other.yaml')
    }

    It 'are found above the current folder' {
        Push-Location $folder
        try {
            $found = Invoke-NetPolLint . 3>$null
            $found.RuleId | Should -Not -Contain NP026
            ($found | Where-Object RuleId -EQ NP029).Severity | Should -Be Note
            $found.File | Where-Object { $_ -like '*other.yaml' } | Should -BeNullOrEmpty
            (Invoke-NetPolLint . -IncludeRule NP026 3>$null).RuleId | Should -Be NP026
            (Invoke-NetPolLint . -Settings @{} -IncludeRule NP029 3>$null).Severity | Sort-Object -Unique | Should -Be Warning
        }
        finally { Pop-Location }
    }

    It 'can be a hashtable: <Name>' -ForEach @(
        @{ Name = 'a rule off'; Settings = @{ Rules = @{ NP026 = 'off' } }; Rules = 'NP017', 'NP029' }
        @{ Name = 'a rule off as a boolean'; Settings = @{ rules = @{ 'open-*' = $false } }; Rules = 'NP017', 'NP029' }
        @{ Name = 'the least severity'; Settings = @{ severity = 'error' }; Rules = @('NP017') }
    ) {
        (Invoke-NetPolLint $shop -Settings $Settings 3>$null).RuleId | Where-Object { $_ -in 'NP017', 'NP026', 'NP029' } | Sort-Object | Should -Be $Rules
    }

    It 'are refused with their place where they are wrong: <Name>' -ForEach @(
        @{ Name = 'a key'; Settings = @{ rule = @{} }; Like = '*There is no setting*Did you mean rules?*' }
        @{ Name = 'a rule'; Settings = @{ rules = @{ NP999 = 'off' } }; Like = "*There is no rule 'NP999'*" }
        @{ Name = 'a state'; Settings = @{ rules = @{ NP026 = 'offf' } }; Like = '*Did you mean off?*' }
        @{ Name = 'no settings at all'; Settings = 5; Like = '*expected a hashtable*' }
        @{ Name = 'a file that is not there'; Settings = './nowhere.yaml'; Like = '*could not be read*' }
    ) {
        { Invoke-NetPolLint $shop -Settings $Settings } | Should -Throw $Like
    }
}

Describe 'Invoke-NetPolLint -Fix' {
    BeforeEach {
        $copy = Join-Path $TestDrive 'fix.yaml'
        Copy-Item (Join-Path $shop 'shop.yaml') $copy
        $before = Get-Content $copy
    }

    It 'writes nothing with -WhatIf' {
        (Invoke-NetPolLint $copy -IncludeRule $some -Fix -WhatIf 3>$null).IsFixed | Should -Not -Contain $true
        Get-Content $copy | Should -Be $before
    }

    It 'changes one line and says which finding is mended' {
        $found = Invoke-NetPolLint $copy -IncludeRule $some -Fix 3>$null
        ($found | Where-Object IsFixed).RuleId | Should -Be NP017
        $changed = Compare-Object $before (Get-Content $copy) | Sort-Object SideIndicator
        $changed.InputObject.Trim() | Should -Be 'policyTypes: [Ingress]', 'policyTypes: [Ingress, Egress]'
        (Invoke-NetPolLint $copy -IncludeRule $some 3>$null).RuleId | Should -Not -Contain NP017
        (Compare-NetPolReachability (Join-Path $shop 'shop.yaml') $copy).Change | Sort-Object -Unique | Should -Be Closed
    }

    It 'says why it does not mend' {
        $policy = Join-Path $TestDrive 'policy.yaml'
        (Get-NetPolLintRule NP017).Trouble | Set-Content $policy
        Invoke-NetPolLint $policy -IncludeRule NP017 -Complete All -Fix -WarningVariable said 3>$null | Should -HaveCount 1
        "$said" | Should -BeLike '*NP017*is not mended: The input holds no pods*'
    }

    It 'leaves alone what is in no file' {
        (Get-Content $copy -Raw | Invoke-NetPolLint -IncludeRule NP017 -Complete All -Fix).IsFixed | Should -BeFalse
    }
}
