BeforeDiscovery {
    Import-Module $env:NETPOLTOOLS_MODULE -Force
    $commands = Get-Command -Module NetPolTools | ForEach-Object Name
    $topics = Get-ChildItem (Join-Path $PSScriptRoot '../../en-US') -Filter about_*.md | ForEach-Object BaseName
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
}

Describe 'Help of <_>' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $_ -Full
    }

    It 'has a synopsis and a description that are not made up by PowerShell' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis.Trim() | Should -Not -BeLike "$($help.Name)*"
        $help.description.Text | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter, and says about it what PowerShell knows' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        $known = (Get-Command $help.Name).Parameters.Values | Where-Object Name -NotIn $common
        $told = Get-Help $help.Name -Parameter *
        $told.name | Sort-Object | Should -Be ($known.Name | Sort-Object)
        # One assertion for all of them: a thousand take seconds.
        $wrong = foreach ($parameter in $known) {
            $one = $told | Where-Object name -EQ $parameter.Name
            $sets = $parameter.ParameterSets.Values
            $takes = @(if ($sets.ValueFromPipeline -contains $true) { 'ByValue' };
                if ($sets.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' })
            # As they are in one of the sets: the help tells of the first.
            $facts = [ordered]@{
                required = @($sets.IsMandatory | ForEach-Object { "$_" })
                position = @($sets.Position | ForEach-Object { if ($_ -lt 0) { 'named' } else { "$_" } })
                pipelineInput = if ($takes) { "True ($($takes -join ', '))" } else { 'False' }
                aliases = if ($parameter.Aliases) { $parameter.Aliases -join ', ' } else { 'none' }
                globbing = "$($parameter.Attributes.TypeId.Name -contains 'SupportsWildcardsAttribute')"
                variableLength = "$($parameter.ParameterType.IsArray)"
            }
            if (-not $one.description.Text) { "-$($parameter.Name) has no description" }
            foreach ($fact in $facts.Keys) {
                if ("$($one.$fact)" -notin $facts[$fact]) { "-$($parameter.Name) has the $fact '$($one.$fact)' instead of '$($facts[$fact] -join "' or '")'" }
            }
            if ($one.type.name -ne $parameter.ParameterType.FullName) { "-$($parameter.Name) has the type $($one.type.name)" }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'writes the syntax as PowerShell itself does, but for the names of enums' {
        $told = ($help.syntax | Out-String -Width 4096) -split '\r?\n' | Where-Object { $_.Trim() } |
            ForEach-Object { $_.Trim() -replace '\{[^}]+\}', '<enum>' }
        $enums = @(
            'Protocol', 'GroupBy', 'DenyDirection', 'DenyPolicyKind', 'DnsProvider', 'ClusterPolicyTier', 'ClusterPolicyAction', 'PolicyDirection',
            'PolicyFeature', 'UnknownAnswer', 'ClusterTransport', 'LintSeverity', 'LintCompleteness', 'LintReportFormat', 'ReportKind', 'ReportPart',
            'LintBaselineUse'
        ) -join '|'
        $own = (Get-Command $help.Name -Syntax) -split '\r?\n' | Where-Object { $_.Trim() } |
            ForEach-Object { $_.Trim() -replace "<($enums)(\[\])?>", '<enum>' }
        ($told -replace 'String\[\]', 'string[]' -replace '<String>', '<string>' -replace 'Int32', 'int' -replace 'Hashtable', 'hashtable' -replace 'PSObject',
            'psobject' | ForEach-Object { ($_ -split ' (?=\[?-)' | Sort-Object) -join ' ' } | Sort-Object) |
            Should -Be ($own | ForEach-Object { ($_ -split ' (?=\[?-)' | Sort-Object) -join ' ' } | Sort-Object)
    }

    It 'shows its examples' {
        $text = Get-Help $help.Name -Examples | Out-String
        $text | Should -BeLike '*Example 1: *Example 3: *'
    }
}

Describe 'The topic <_>' -ForEach $topics {
    It 'is found by its name, with what it is about' {
        # The line that a list of topics shows.
        (Get-Help $_ | Out-String) -split '\r?\n' | Select-Object -First 4 | Should -Be 'TOPIC', "    $_", '', 'SHORT DESCRIPTION'
    }
}
