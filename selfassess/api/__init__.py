"""The grids in « /api/v1/ », and nothing else of the self-assessment: no assessment, no answer."""
